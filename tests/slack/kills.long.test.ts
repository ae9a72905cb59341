import { afterAll, expect, test } from 'vitest'
import { killedRuns } from './killed.ts'

const PER_TEST = 40
let seen: Awaited<ReturnType<typeof killedRuns>>

/** 240 runs; `seen` is what happened in all of them until then. */
test.each([0, 1, 2, 3, 4, 5])('killed at every point, part %i: one at a time can be answered', async (part) => {
  seen = await killedRuns(1 + part * PER_TEST, PER_TEST)
  expect(seen.most).toBe(1)
})

test('that is many deaths, at many points', () => {
  expect(seen.kills).toBeGreaterThan(2 * seen.runs)
  expect(seen.points).toBeGreaterThan(30)
})

afterAll(() => console.info('kills:', seen))
