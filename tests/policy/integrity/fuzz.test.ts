import { expect, test } from 'vitest'
import { findingsOf } from '../../../lib/policy/integrity.ts'
import { changeOf, FACTS, FILES } from './bases.ts'
import { SCRIPT_CHEATS } from './cheats.ts'
import { PYTHON_CHEATS } from './cheatsPython.ts'

/** A linear congruential generator (Numerical Recipes): the same texts in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const PIECES = [
  '{',
  '}',
  '(',
  ')',
  "'",
  '"',
  '`',
  '/*',
  '*/',
  '//',
  '#',
  '\n',
  ':',
  'catch',
  'except',
  'return',
  '=>',
  '${',
  '\\',
  '\0',
  '\ud800',
]

test('any text is judged without an exception, and the same twice', () => {
  const random = randomFrom(7)
  const paths = Object.keys(FILES)
  for (let round = 0; round < 600; round++) {
    const path = paths[random(paths.length)]!
    let text = FILES[path]!
    for (let cut = random(4); cut >= 0; cut--) {
      const at = random(text.length)
      text = text.slice(0, at) + PIECES[random(PIECES.length)] + text.slice(at + random(30))
    }
    const judged = () => findingsOf({ [path]: FILES[path]! }, { [path]: text }, FACTS)
    expect(judged()).toEqual(judged())
  }
})

test('a file that stays as it is has no findings, whatever it holds', () => {
  for (const [, edits] of [...SCRIPT_CHEATS, ...PYTHON_CHEATS]) {
    const [, after] = changeOf(edits)
    expect(findingsOf(after, after, FACTS)).toEqual([])
  }
})

test('a cheat that was there before is not blamed on a comment below it', () => {
  for (const [name, edits] of SCRIPT_CHEATS) {
    const [, after] = changeOf(edits)
    for (const [path, text] of Object.entries(after).filter(
      ([path]) => /^src\/.*[jt]s$/.test(path) && path !== 'src/big.ts',
    )) {
      const said = findingsOf(
        { [path]: text },
        { [path]: `${text}\n// Said twice.\n` },
        { literals: [], expected: [], actual: [] },
      )
      expect(said, name).toEqual([])
    }
  }
})
