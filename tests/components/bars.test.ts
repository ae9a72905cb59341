import { expect, test } from 'vitest'
import { barAt, barsOf } from '../../components/bars.ts'

const T0 = Date.parse('2026-11-20T03:00:00Z')
const at = (minute: number): Date => new Date(T0 + minute * 60_000)
const seen = (...minutes: [number, number][]) => minutes.map(([minute, n]) => ({ minute: at(minute), n }))

test('quiet minutes are bars too, up to now', () => {
  expect(barsOf(seen([0, 2], [3, 1]), at(5))?.bars.map((bar) => bar.n)).toEqual([2, 0, 0, 1, 0, 0])
})

test.each([
  [0, 1, 1],
  [59, 60, 1],
  [60, 31, 2],
  [119, 60, 2],
  [120, 25, 5],
  [60 * 60, 21, 180],
  [90 * 1440, 46, 2880],
])('%d minutes later there are %d bars of %d minutes', (end, count, step) => {
  const bars = barsOf(seen([0, 1]), at(end))
  expect([bars?.bars.length, bars?.step]).toEqual([count, step])
})

test('wide bars add up, and nothing is lost', () => {
  const picture = barsOf(seen([0, 1], [1, 2], [100, 4]), at(110))
  expect(picture?.bars[0]?.n).toBe(3)
  expect(picture?.bars.reduce((sum, bar) => sum + bar.n, 0)).toBe(7)
  expect(picture?.total).toBe(7)
})

test('the worst bar and the last failure are named', () => {
  const picture = barsOf(seen([7, 1], [2, 9], [4, 3]), at(9))
  expect([picture?.worst.n, picture?.worst.from, picture?.last]).toEqual([9, at(2), at(7)])
})

test('a failure after the end lengthens the picture', () => {
  expect(barsOf(seen([0, 1], [9, 1]), at(2))?.bars).toHaveLength(10)
})

test('no failure, no picture', () => {
  expect(barsOf([], at(1))).toBeNull()
  expect(barsOf(seen([0, 0]), at(1))).toBeNull()
})

test('an instant has its bar, or none outside of the picture', () => {
  const picture = barsOf(seen([0, 1]), at(119))!
  expect([barAt(picture, at(0)), barAt(picture, at(3)), barAt(picture, at(119))]).toEqual([0, 1, 59])
  expect([barAt(picture, at(-1)), barAt(picture, at(120))]).toEqual([null, null])
})
