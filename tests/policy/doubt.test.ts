import { expect, test } from 'vitest'
import type { Proposal } from '../../lib/domain/repair.ts'
import { bestOf, isDoubt, rivalOf } from '../../lib/policy/doubt.ts'

const LINES = Array.from({ length: 20 }, (_, at) => `line ${at + 1}`)
const TEXTS = { 'a.js': LINES.join('\n'), 'b.js': LINES.join('\n') }

/** A candidate that changes one line. */
const at = (line: number, score?: number, path = 'a.js', as = 'changed'): Proposal => ({
  ...{ recipe: 'search/number', summary: '', assumes: [], modelledOn: null },
  ...(score === undefined ? {} : { score }),
  edits: [{ path, text: LINES.map((text, index) => (index === line - 1 ? as : text)).join('\n') }],
})

test('the likeliest is the best, and the earlier one of equals; what a crash names comes before what was searched for', () => {
  const [low, high, same] = [at(1, 0.2), at(2, 0.5), at(3, 0.5)]
  expect(bestOf([])).toBeNull()
  expect(bestOf([low, high, same])).toBe(high)
  const crash = at(4)
  expect(bestOf([high, crash])).toBe(crash)
})

test.each([
  [0.6, 0.6, true],
  [0.6, 0.9, true],
  [0.6, 0.301, true],
  [0.6, 0.3, false],
  [0.6, 0.299, false],
  [0.6, 0.1, false],
])('next to one of %d, one of %d is a doubt: %s', (best, other, is) => {
  expect(isDoubt(at(1, best), at(9, other))).toBe(is)
})

test.each<[what: string, green: Proposal[], rival: number | null]>([
  ['nothing', [], null],
  ['one alone', [at(5, 0.6)], null],
  ['another place, as likely', [at(5, 0.6), at(9, 0.6)], 1],
  ['another place, far less likely', [at(5, 0.6), at(9, 0.3)], null],
  ['the same line', [at(5, 0.6), at(5, 0.6, 'a.js', 'otherwise')], null],
  ['the next line', [at(5, 0.6), at(6, 0.6)], null],
  ['the line before', [at(6, 0.6), at(5, 0.6)], null],
  ['two lines away', [at(5, 0.6), at(7, 0.6)], 1],
  ['the same line of another file', [at(5, 0.6), at(5, 0.6, 'b.js')], 1],
  ['the likelier of two rivals', [at(5, 0.6), at(12, 0.5), at(17, 0.55)], 2],
  ['the same change, found in two ways', [at(5, 0.6), at(5, 0.6)], null],
  ['the best is not the first', [at(9, 0.5), at(15, 0.6)], 0],
])('%s', (_, green, rival) => {
  expect(rivalOf(green, TEXTS)).toBe(rival === null ? null : green[rival])
})

test('a change of two places is near whatever is near one of them', () => {
  const both: Proposal = { ...at(5, 0.6), edits: [...at(5).edits, ...at(12, 1, 'b.js').edits] }
  expect(rivalOf([both, at(13, 0.6, 'b.js')], TEXTS)).toBeNull()
  expect(rivalOf([both, at(13, 0.6)], TEXTS)).not.toBeNull()
})

const PRICE = { 'a.js': 'const cents = Math.floor(price * 100)\nconst whole = cents\n' }
const instead = (was: string, is: string, score = 0.6): Proposal => ({
  ...at(1, score),
  edits: [{ path: 'a.js', text: PRICE['a.js'].replace(was, is) }],
})

test.each<[what: string, green: Proposal[], rival: number | null]>([
  ['another name in the same place', [instead('floor', 'ceil'), instead('floor', 'round', 0.5)], 1],
  ['another number', [instead('100', '101'), instead('100', '110', 0.5)], 1],
  [
    'one name that begins like the other',
    [instead('cents = Math', 'cent = Math'), instead('cents = Math', 'cents2 = Math')],
    1,
  ],
  ['the same name, found in two ways', [instead('floor', 'ceil'), instead('floor', 'ceil', 0.5)], null],
  ['another name, far less likely', [instead('floor', 'ceil'), instead('floor', 'round', 0.3)], null],
  ['names in two places of a line', [instead('floor', 'ceil'), instead('price', 'cost', 0.5)], 1],
  ['another operator and another name', [instead('* 100', '/ 100'), instead('floor', 'round', 0.5)], 1],
  ['operators that begin alike', [instead('= Math', '== Math'), instead('= cents', '=== cents')], 1],
  ['more than a name', [instead('floor(price * 100)', 'round(price * 100) || 0'), instead('floor', 'ceil', 0.5)], null],
  ['something put in', [instead('price', 'price ?? 0'), instead('price', 'price || 0', 0.5)], null],
])('%s', (_, green, rival) => {
  expect(rivalOf(green, PRICE)).toBe(rival === null ? null : green[rival])
})
