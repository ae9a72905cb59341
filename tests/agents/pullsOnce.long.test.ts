import { expect, inject, test } from 'vitest'
import { counted, drawn, RIGHT } from './pullsOnce.ts'

/** A failing case is run again by its seed. */
const SEED = 20261129
const FULL = inject('size') === 'full'

test('killed at any point, with answers lost and errors after the work: one of everything, and the right end', {
  timeout: 60 * 60_000,
}, async () => {
  const whole = await counted({ watch: 'badly', point: null, faults: [] })
  expect(whole.is).toEqual(RIGHT.badly)
  const cases = drawn(SEED, FULL ? 200 : 12, whole.points.length)
  const bad: object[] = []
  for (const one of cases) {
    const { is } = await counted(one)
    if (JSON.stringify(is) !== JSON.stringify(RIGHT[one.watch])) bad.push({ ...one, is })
  }
  console.log(JSON.stringify({ n: cases.length, bad: bad.length, points: whole.points.length }))
  expect(bad).toEqual([])
})
