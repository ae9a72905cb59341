import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import type { Story } from '../../lib/store/story.ts'
import { countedAtAccounts, ONE_AT_EACH } from './accounts.ts'
import { type Night, startNight } from './night.ts'
import { endTokensSoon, putDownTroubles, revokeTokens } from './troubles.ts'

/** The first night of a hosted installation, with every service emulated, one that loses answers and revokes logins. */
let night: Night
let told: Story

beforeAll(async () => {
  night = await startNight({
    emulated: true,
    sample: { traffic: true, database: true },
    settings: { LEASE_SECONDS: '8' },
  })
  const accounts = night.stack.accounts!
  endTokensSoon(accounts)
  putDownTroubles(accounts)
  const releasing = setInterval(async () => {
    const [row] = await night.sql`select 1 from releases`
    if (!row) return
    clearInterval(releasing)
    revokeTokens(accounts)
    accounts.supabase.project.fails('relation "bookings" does not exist')
  }, 300)
  told = await night.ended(14 * 60_000).finally(() => clearInterval(releasing))
  // Notices and the tracker are told after the end, and what was lost there is asked about once its deadline is past.
  await night.quiet(4 * 60_000)
})
afterAll(() => night?.end())

test('the fault ends cured, though answers were lost and logins revoked on the way', () => {
  expect(told.release?.state).toBe('cured')
  expect(told.release?.facts.cure?.sentence).toMatch(/^\d+(\.\d)? expected, 0 seen$/)
})

test('every service has one of everything', () => {
  expect(countedAtAccounts(night.stack.accounts!, night, told)).toEqual(ONE_AT_EACH)
})

test('what its database complained of is an issue of its own', async () => {
  const issues = await night.sql<{ title: string; severity: string }[]>`
    select title, severity from issues where title like '%bookings%'`
  expect(issues).toEqual([{ title: expect.stringContaining('does not exist'), severity: 'P3' }])
})

test('each trouble that was put down was met, and the audit holds', async () => {
  const { github, vercel, sentry, slack, mail } = night.stack.accounts!
  const left = [github, vercel, sentry, slack, mail].flatMap(({ faults }) => faults.filter(({ times }) => times > 0))
  expect(left.map(({ on }) => on.source)).toEqual([])
  expect((await verifyAudit(night.sql, told.issue.project)).problems).toEqual([])
})
