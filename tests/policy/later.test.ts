import { expect, test } from 'vitest'
import { isObstacle, laterMs } from '../../lib/policy/later.ts'

const BEGAN = new Date('2026-11-28T00:00:00Z')
const after = (minutes: number) => new Date(BEGAN.getTime() + minutes * 60_000)

test.each([
  ['unavailable', 0, 1],
  ['unavailable', 7, 7],
  ['registry', 300, 60],
  ['paused', -5, 1],
  ['over-budget', 0, 60],
  ['limited', 24 * 60 - 1, 60],
] as const)('%s after %d minutes: again in %d', (why, waited, minutes) => {
  expect(laterMs(why, BEGAN, after(waited))).toBe(minutes * 60_000)
})

test('what lasts for a day is a person’s', () => {
  expect(laterMs('unavailable', BEGAN, after(24 * 60))).toBeNull()
})

test('a clean outage is asked about some thirty times a day, not thousands', () => {
  let [minutes, times] = [0, 0]
  for (
    let ms = laterMs('unavailable', BEGAN, after(0));
    ms !== null;
    ms = laterMs('unavailable', BEGAN, after(minutes))
  ) {
    minutes += ms / 60_000
    times += 1
  }
  expect(times).toBeLessThan(35)
})

test('what no time changes is no obstacle', () => {
  for (const why of ['refused', 'malformed', 'too-long', 'rejected', 'unauthorised', 'spent', 'no-repair', 'toString'])
    expect(isObstacle(why)).toBe(false)
})
