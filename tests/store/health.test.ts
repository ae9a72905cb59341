import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { healthFacts, recordPart, recordTick } from '../../lib/store/health.ts'
import { sourceAt } from '../../lib/store/sources.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { projectWithLease } from './fixture.ts'

/** From when on something is no longer just slow: each bound of what is asked about an installation's health. */
let db: FreshDatabase
let project: number
beforeAll(async () => {
  db = await freshDatabase()
  ;({ project } = await projectWithLease(db.sql))
})
afterAll(() => db.drop())
beforeEach(async () => {
  for (const table of ['effects', 'deliveries', 'notices', 'source_cursors'])
    await db.admin.unsafe(`delete from nightshift.${table}`)
})
const facts = () => healthFacts(db.sql)

test.each([
  ['sending', '9 minutes', 0],
  ['sending', '11 minutes', 1],
  ['confirmed', '11 minutes', 0],
  ['failed', '11 minutes', 0],
])('a call that is %s and %s over its time: %i whose end nobody knows', async (state, over, n) => {
  await db.admin.unsafe(`
    insert into nightshift.effects (project, key, subject, kind, class, target, aim, decision, state, deadline, audit_seq)
    values (${project}, 'k', 's', 'tell', 'tell', 'inbox', '', '{}', '${state}', now() - interval '${over}', 1)`)
  expect((await facts()).unknown).toBe(n)
})

test.each([
  ['waiting', '14 minutes', 0],
  ['waiting', '16 minutes', 1],
  ['waiting', '23 hours', 1],
  // By then it is history, and in the inbox.
  ['waiting', '25 hours', 0],
  ['skipped', '16 minutes', 0],
  ['held', '16 minutes', 0],
])('a notice that is %s for %s: %i undelivered', async (state, ago, n) => {
  await db.admin.unsafe(`
    insert into nightshift.notices (project, key, title, body, link, kind, about, at)
    values (${project}, 'n', 't', 'b', '/', 'escalated', '{}', now() - interval '${ago}');
    insert into nightshift.deliveries (project, channel, key, state) values (${project}, 'slack', 'n', '${state}')`)
  expect((await facts()).undelivered).toBe(n)
})

test.each([
  ['forbidden', 2, []],
  ['forbidden', 3, [{ kind: 'sentry', state: 'forbidden' }]],
  ['ok', 9, []],
])('a source that is %s and failed %i times', async (state, fails, told) => {
  await sourceAt(db.sql, project, 'sentry')
  const why = state === 'ok' ? null : 'w'
  await db.sql`update source_cursors set state = ${state}, fails = ${fails}, why = ${why}`
  expect((await facts()).sources).toEqual(told)
})

test.each([
  [2, 0],
  [3, 1],
])('work that was tried %i times: %i stuck', async (tries, stuck) => {
  await db.admin`update nightshift.work set tries = ${tries} where subject = 'release:1'`
  expect((await facts()).stuck).toBe(stuck)
})

test('the newest tick and the newest look at a part stand, whichever process made them', async () => {
  await recordTick(db.sql, 'watcher', { steps: 3, troubles: ['x', 'y'] })
  await db.admin`update nightshift.agent_ticks set at = now() - interval '1 hour'`
  await recordTick(db.sql, 'watcher', { steps: 1, troubles: [] })
  const [tick, ...others] = (await facts()).ticks
  expect([tick, others]).toEqual([{ agent: 'watcher', ageMs: expect.any(Number), troubles: 0 }, []])
  expect(tick!.ageMs).toBeLessThan(60_000)
  await recordPart(db.sql, 'sandbox', `it broke ${'x'.repeat(900)}`)
  expect((await facts()).parts[0]!.why).toHaveLength(500)
  await recordPart(db.sql, 'sandbox', null)
  expect((await facts()).parts).toEqual([{ part: 'sandbox', why: null }])
})

test('what cannot be is not written down', async () => {
  await expect(recordTick(db.sql, 'watcher', { steps: 0, troubles: ['x'] })).rejects.toThrow(/check/)
  await expect(recordTick(db.sql, 'baker' as 'watcher', { steps: 0, troubles: [] })).rejects.toThrow(/check/)
  await expect(recordPart(db.sql, 'What it said: …', null)).rejects.toThrow(/check/)
  await expect(db.sql`insert into part_checks (part, ok, why) values ('x', true, 'but')`).rejects.toThrow(/check/)
  await expect(db.sql`insert into part_checks (part, ok) values ('x', false)`).rejects.toThrow(/check/)
})

test('which migrations there are is told, and nothing else of whoever migrates can be read', async () => {
  expect((await facts()).applied.length).toBeGreaterThan(20)
  await expect(db.sql`select * from supabase_migrations.schema_migrations`).rejects.toThrow(/permission denied/)
  // Whoever applied them by hand kept no record.
  await db.admin`alter schema supabase_migrations rename to elsewhere`
  expect((await facts()).applied).toEqual([])
  await db.admin`alter schema elsewhere rename to supabase_migrations`
})
