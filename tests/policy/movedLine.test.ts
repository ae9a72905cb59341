import { expect, test } from 'vitest'
import { movedLine } from '../../lib/policy/movedLine.ts'

const lines = (text: string) => text.split('')

test.each<[string, string, number, number | null, string]>([
  ['abc', 'abc', 1, 1, 'nothing changed'],
  ['abc', 'abc', 3, 3, 'the last line'],
  ['abc', 'xabc', 1, 2, 'a line before it came'],
  ['abc', 'xyabc', 3, 5, 'two lines came'],
  ['abc', 'bc', 2, 1, 'a line before it went'],
  ['abc', 'bc', 1, null, 'it went itself'],
  ['abc', 'axc', 2, null, 'it changed'],
  ['abc', 'axc', 3, 3, 'the line after a changed one'],
  ['abc', 'abcx', 3, 3, 'a line came behind'],
  ['rxr', 'nrxr', 3, 4, 'one that stands twice is told by its place'],
  ['rxr', 'nrxr', 1, 2, 'and so is the other'],
  ['abc', 'abc', 4, null, 'there is no such line'],
  ['abc', 'abc', 0, null, 'lines count from one'],
  ['abc', '', 2, null, 'nothing is left'],
])('%s → %s, line %i is %s: %s', (before, after, line, expected) => {
  expect(movedLine(lines(before), lines(after), line)).toBe(expected)
})

test('files that have little in common are not compared to the end', () => {
  const many = (name: string) => ['first', ...Array.from({ length: 1500 }, (_, i) => `${name}${i}`)]
  expect(movedLine(many('a'), many('a'), 1)).toBe(1)
  expect(movedLine(many('a'), many('b'), 1)).toBeNull()
})
