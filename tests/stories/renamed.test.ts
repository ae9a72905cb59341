import { afterAll, beforeAll, expect, test } from 'vitest'
import { RENAMED } from '../../examples/history/rename.ts'
import type { Proven } from '../../lib/domain/fix.ts'
import type { Story } from '../../lib/store/story.ts'
import { type Night, startNight } from './night.ts'

/** Clocks only, and another app as far as Nightshift can tell: route, variables and files bear other names. */
let night: Night
let told: Story

beforeAll(async () => {
  night = await startNight({
    sample: { words: RENAMED, traffic: true },
    settings: { RINGS: 'off', SCHEDULER_SECONDS: '1', LEASE_SECONDS: '20' },
  })
  told = await night.ended(7 * 60_000)
})
afterAll(() => night?.end())

test('the renamed fault ends cured, driven by clocks alone', () => {
  expect(told.release?.facts.waiting).toBeUndefined()
  expect(told.release?.state).toBe('cured')
  expect(told.release?.facts.cure?.sentence).toMatch(/^\d+(\.\d)? expected, 0 seen$/)
})

test('nothing of it bears the old names', () => {
  const fix = told.fixes.find((one) => one.state === 'proven') as Proven
  const seen = JSON.stringify([told.issue, told.diagnosis?.why, fix.fixture, fix.diff])
  for (const word of ['practice', 'campaigns', 'launch'])
    expect(seen.toLowerCase()).not.toMatch(new RegExp(`\\b${word}\\b`))
  expect(night.git('rev-parse', 'main^{tree}')).toBe(fix.tree)
})
