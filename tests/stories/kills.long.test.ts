import { afterAll, beforeAll, expect, test } from 'vitest'
import { RENAMED } from '../../examples/history/rename.ts'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import type { Proven } from '../../lib/domain/fix.ts'
import type { Story } from '../../lib/store/story.ts'
import { countedOutside, type Kill, killAgainAndAgain, ONE_OF_EACH } from './kills.ts'
import { type Night, startNight } from './night.ts'

/**
 * Clocks only, and another app as far as Nightshift can tell: route, variables and files bear other names. One seeded loop
 * here; `npm run story:kills` runs three with thirty kills.
 */
let night: Night
let kills: Kill[]
let told: Story

beforeAll(async () => {
  night = await startNight({
    sample: { words: RENAMED, traffic: true },
    settings: { RINGS: 'off', SCHEDULER_SECONDS: '1', LEASE_SECONDS: '4' },
  })
  kills = await killAgainAndAgain(night, 6, 20261120)
  told = await night.ended(8 * 60_000)
})
afterAll(() => night?.end())

test('killed six times on its way and driven by clocks alone, the fault ends cured with one of everything', async () => {
  expect(kills.length).toBeGreaterThan(3)
  expect(told.release?.facts.waiting).toBeUndefined()
  expect(told.release?.state).toBe('cured')
  expect(told.release?.facts.cure?.sentence).toMatch(/^\d+(\.\d)? expected, 0 seen$/)
  expect(await countedOutside(night, told)).toEqual(ONE_OF_EACH)
  expect((await verifyAudit(night.sql, told.issue.project)).problems).toEqual([])
})

test('nothing of it bears the old names', () => {
  const fix = told.fixes.find((one) => one.state === 'proven') as Proven
  const seen = JSON.stringify([told.issue, told.diagnosis?.why, fix.fixture, fix.diff])
  for (const word of ['practice', 'campaigns', 'launch'])
    expect(seen.toLowerCase()).not.toMatch(new RegExp(`\\b${word}\\b`))
})
