import { expect, test } from 'vitest'
import { placesOf } from '../../bench/recipes/operators/index.ts'
import { isValid, mutated, OPERATORS, type Place } from '../../bench/recipes/operators/place.ts'
import { askPython } from '../../bench/recipes/operators/python.ts'

const JS = `import { open, close } from './store.js'
import path from 'node:path'
import type { Row } from './row.js'
const { join, dirname } = require('./paths')
export async function load(names, at) {
  if (!names) return null
  if (at < 0) { throw new RangeError('at') }
  const file = await open(path, names[0])
  if (file.size > 1) { close(file) }
  for (let i = 0; i < names.length - 1; i++) {
    if (names[i] === at) continue
    file?.rows?.[i]?.(names, at)
  }
  const pick = (row) => ({ row })
  return names.map((name) => name.slice(1) + join(name, at)) && pick(a+-b)
}
function loose(a) {
  return [a]
}
function looser(a) {
  const b = a || 1
  return (function () { return b })()
}
`

const PY = `from json import dumps, loads


async def load(source, rows):
    if not rows:
        return None
    answer = await source.ask(rows, "ä")
    if (answer == 1) or answer.get("ü", 2) > 3:
        raise ValueError(dumps(answer))
    for n in range(len(rows) - 1):
        print(rows[0], answer[n + 1])
    return loads(answer)
`

const operatorsIn = (places: Place[]) => [...new Set(places.map(({ operator }) => operator))].sort()

test('JavaScript: every operator has places, each is valid, and each is a change', () => {
  const places = placesOf('a.js', JS)
  expect(operatorsIn(places)).toEqual([...OPERATORS].sort())
  for (const place of places) {
    const made = mutated(JS, place)
    expect(made, JSON.stringify(place)).not.toBe(JS)
    expect(isValid('a.js', made), made).toBe(true)
  }
})

test('TypeScript is read as such, and type imports are no places', () => {
  const text = `import type { A } from './a.ts'\nexport const f = async (x: A): Promise<number> => (await x.n)! - 1\n`
  const places = placesOf('b.ts', text)
  expect(places.map(({ operator }) => operator)).not.toContain('wrong-import')
  expect(places.every((place) => isValid('b.ts', mutated(text, place)))).toBe(true)
})

test.each([
  ['drop-await', 'const x = await f()', 'const x = f()'],
  ['drop-optional', 'a?.b', 'a.b'],
  ['drop-optional', 'a?.[0]', 'a[0]'],
  ['remove-guard', 'for (;;) { if (a) break }', 'for (;;) {  }'],
  ['remove-guard', 'if (a) { b() }', '{ b() }'],
  ['remove-guard', 'for (;;) if (a) break', 'for (;;) {}'],
  ['wrong-import', "import { a, b } from 'c'", "import { b as a, b } from 'c'"],
  ['wrong-import', "const { a, b } = require('c')", "const { b: a, b } = require('c')"],
  ['wrong-import', "import a from './list.js'", "import a from './lis.js'"],
  ['swap-arguments', 'f(a, b)', 'f(b, a)'],
  ['off-by-one', 'a.length - 1', 'a.length'],
  ['off-by-one', 'a < b', 'a <= b'],
  ['off-by-one', 'a.slice(1)', 'a.slice(2)'],
  ['wrong-operator', 'a && b', 'a || b'],
  ['wrong-operator', '!a', 'a'],
  ['missing-return', 'const f = () => a', 'const f = () => { a }'],
  ['missing-return', 'function f() { return {} }', 'function f() { ({}) }'],
])('%s: %s', (operator, before, after) => {
  const made = placesOf('a.js', before).filter((place) => place.operator === operator)
  expect(made.map((place) => mutated(before, place).replace(/ ;\(/, ' ('))).toContain(after)
})

test('Python: every operator has places, offsets are those of JavaScript, and each is a change', () => {
  const places = askPython({ 'a.py': PY }).places['a.py']!
  expect(operatorsIn(places)).toEqual([...OPERATORS].sort())
  const made = places.map((place) => mutated(PY, place))
  expect(new Set([...made, PY]).size).toBe(places.length + 1)
  expect(made).toContain(PY.replace('answer.get("ü", 2)', 'answer["ü"]'))
  // Valid: the program reads each again without an error.
  askPython(Object.fromEntries(made.map((text, i) => [`${i}.py`, text])))
})
