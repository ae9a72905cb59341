import { expect, test } from 'vitest'
import { killedRuns } from './killed.ts'

test('killed anywhere and answers lost, each question arrives, and one at a time can be answered', async () => {
  const { most, kills, runs } = await killedRuns(1, 16)
  expect({ most, runs }).toEqual({ most: 1, runs: 16 })
  expect(kills).toBeGreaterThan(runs)
})
