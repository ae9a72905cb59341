import { expect, test } from 'vitest'
import { askAgainAt } from '../../lib/policy/askAgain.ts'

const shipped = new Date('2026-11-02T03:00:00Z')
const DAY = 86_400
/** Seconds after it shipped at which it is asked again. */
const again = (passed: number, expected: number) => {
  const at = askAgainAt(shipped, new Date(shipped.getTime() + passed * 1000), expected)
  return at && Math.round((at.getTime() - shipped.getTime()) / 1000)
}

test.each<[string, number, number, number | null]>([
  ['half of what is needed was expected: after a bit more than twice the time', 100, 2.3, 220],
  ['nearly enough was expected: after half the time again', 100, 4.5, 150],
  ['the pace would need three days: after one', 0.5 * DAY, 0.5, DAY],
  ['nothing was expected: after one day', 100, 0, DAY],
  ['no number was expected: after one day', 100, Number.NaN, DAY],
  ['nobody came for a day: after seven', DAY, 0, 7 * DAY],
  ['a day at half the pace', DAY, 2.3, 190_080],
  ['a week', 7 * DAY, 0.1, 30 * DAY],
  ['a month: never', 30 * DAY, 4.5, null],
  ['no time has passed yet', 0, 2, DAY],
])('%s', (_, passed, expected, at) => {
  expect(again(passed, expected)).toBe(at)
})

test('however it is asked, a day has few questions', () => {
  let passed = 20
  let asked = 0
  for (; passed < DAY; asked++) passed = again(passed, 4.59)!
  expect(asked).toBeLessThanOrEqual(22)
})
