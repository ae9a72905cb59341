import { expect, test } from 'vitest'
import { killedRuns } from './killed.ts'

test('240 runs, killed at every point: each question arrives, and one at a time can be answered', async () => {
  const seen = await killedRuns(240)
  console.info('kills:', seen)
  expect(seen).toMatchObject({ most: 1, runs: 240 })
  expect(seen.kills).toBeGreaterThan(720)
  expect(seen.points).toBeGreaterThan(30)
}, 900_000)
