import { afterAll, expect, test } from 'vitest'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { countedOutside, killAgainAndAgain, ONE_OF_EACH } from './kills.ts'
import { type Night, startNight } from './night.ts'

/** One seeded loop here; `npm run story:kills` runs three with thirty kills. */
let night: Night
afterAll(() => night?.end())

test('killed seven times on its way, it ends cured with one of everything', async () => {
  night = await startNight({ settings: { LEASE_SECONDS: '4', SCHEDULER_SECONDS: '1' } })
  const kills = await killAgainAndAgain(night, 7, 20261120)
  const told = await night.ended(8 * 60_000)
  expect(kills.length).toBeGreaterThan(4)
  expect(told.release?.facts.waiting).toBeUndefined()
  expect(told.release?.state).toBe('cured')
  expect(await countedOutside(night, told)).toEqual(ONE_OF_EACH)
  expect((await verifyAudit(night.sql, told.issue.project)).problems).toEqual([])
})
