import { expect, it } from 'vitest'
import { patienceAfter } from '../../lib/policy/patience.ts'

it.each([
  ['nothing', 0, 20_000],
  ['a second', 1000, 30_000],
  ['just below the most', 57_999, 599_990],
  ['the most', 58_000, 600_000],
  ['more', 500_000, 600_000],
])('after a run of %s', (_, ms, expected) => {
  expect(patienceAfter(ms, 600_000)).toBe(expected)
})
