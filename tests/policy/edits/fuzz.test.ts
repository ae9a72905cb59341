import { expect, test } from 'vitest'
import { DESK, edit, judged, said } from './desk.ts'
import { OUTPUTS } from './hostileOutputs.ts'

/** Mulberry32: the same mutations in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const PIECES = [
  ...['"', '\\', '{', '}', '[', ']', ',', ':', '\\u0000', '\\ud800', '\u202e', '..', '/', 'new', '__proto__', '\n'],
  ...['src/launch.ts', 'src/secret.ts', '.env', 'src/guard.ts', 'src/many/1.ts', 'json', '', 'null', '1e9', '\r\n'],
]
const HONEST = [
  said(edit('src/launch.ts', 'practices.get(req.id)', 'practices.get(req.id) ?? none')),
  said(edit('src/windows.ts', 'b = 2', 'b = 3'), edit('src/many/1.ts', 'many = 1', 'many = 2')),
  said({ path: 'src/guard.ts', hash: 'new', search: '', replace: 'x\n' }),
]
const SEEDS = [...HONEST, ...HONEST, ...OUTPUTS.map(([, answer]) => answer).filter((answer) => answer.length < 5000)]

/** A whole answer whose values are changed rather than its bytes: it still has the asked shape. */
function altered(random: (below: number) => number): string {
  const { edits } = JSON.parse(HONEST[random(HONEST.length)]!) as { edits: Record<string, string>[] }
  const edit = edits[random(edits.length)]!
  const field = ['path', 'hash', 'search', 'replace', 'replace', 'replace'][random(6)]!
  const [value, at] = [edit[field]!, random(edit[field]!.length + 1)]
  edit[field] = value.slice(0, at) + PIECES[random(PIECES.length)] + value.slice(at + random(4))
  return said(...edits)
}

function mutated(random: (below: number) => number): string {
  if (random(2) === 0) return altered(random)
  let text = SEEDS[random(SEEDS.length)]!
  for (let round = random(4); round >= 0; round--) {
    const at = random(text.length + 1)
    const piece = PIECES[random(PIECES.length)]!
    text = text.slice(0, at) + piece + text.slice(at + random(6))
  }
  return text
}

test('5,000 mutated answers never throw, and never edit a file that was not shown', () => {
  const random = randomFrom(20_260)
  let taken = 0
  for (let i = 0; i < 5000; i++) {
    const answer = judged(mutated(random))
    if (!answer.ok) {
      expect(answer.problems.length).toBeGreaterThan(0)
      continue
    }
    taken++
    for (const { path, text } of answer.edits) {
      expect(DESK.shown.has(path) || DESK.mayCreate.has(path)).toBe(true)
      expect(text).not.toMatch(/\p{Cs}|\u202e|\0/u)
    }
  }
  // The mutations are mild enough to reach the judgement, not the JSON parser alone.
  expect(taken).toBeGreaterThan(50)
})
