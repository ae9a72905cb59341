import { afterEach, beforeEach, expect, test } from 'vitest'
import { type EmulatedSentry, emulateSentry } from '../../emulators/sentry.ts'
import type { EmulatedIssue } from '../../emulators/sentryTypes.ts'
import { sentryTracker } from '../../lib/adapters/tracker.sentry.ts'
import { linkIssue } from '../../lib/store/sourceIssues.ts'
import { saveTraffic } from '../../lib/store/traffic.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { fault, SLUG } from '../sources/sentry.ts'
import { type Shipping, shipping } from './release.ts'

let db: FreshDatabase
let s: Shipping
let sentry: EmulatedSentry
let there: EmulatedIssue

beforeEach(async () => {
  db = await freshDatabase()
  s = await shipping(db)
  s.host.answers['/launch'] = 404
  sentry = await emulateSentry()
  sentry.store.repositories.add('acme/shop')
  there = sentry.store.take(SLUG, fault())
  const access = { url: sentry.url, org: 'acme', token: 'writer-token-of-acme', timeoutMs: 1000 }
  s.actor.tracker = () => sentryTracker(access, 'https://night.example', 'acme/shop')
  await linkIssue(db.sql, s.project, 'sentry', 'f1', there.id)
})
afterEach(async () => {
  await Promise.all([db.drop(), sentry.close()])
  s.close()
})

const minute = () => new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString()
const traffic = (sha: string, requests: number, failed: number) =>
  saveTraffic(db.sql, s.project, [
    {
      ...{ environment: 'production', sha, route: 'POST /launch', minute: minute(), requests, failed },
      latency: [requests, ...Array(10).fill(0)],
    },
  ])
const seen = (sha: string, n: number) =>
  db.sql`insert into counts (project, fingerprint, environment, sha, minute, n) values (${s.project}, 'f1', 'production', ${sha}, ${minute()}, ${n})`
async function ends(events = 0) {
  await traffic(s.base, 1000, 100)
  await seen(s.base, 100)
  const { facts } = await s.until('watching')
  await traffic(facts.mainSha!, 400, 0)
  if (events > 0) await seen(facts.mainSha!, events)
  return s.until('cured', 'relapsed', 'unexposed', 'rolled-back', 'held')
}
const steps = async (n: number) => {
  for (let i = 0; i < n; i++) await s.step()
}
const effects = async () =>
  (
    await db.sql<
      { key: string }[]
    >`select key from effects where target = 'tracker' and state = 'confirmed' order by key`
  ).map(({ key }) => key)

test('cured: one remark with the story and a link, resolved in the commit, and nothing twice', async () => {
  const { facts } = await ends()
  await steps(4)
  expect(there).toMatchObject({ status: 'resolved', statusDetails: { inCommit: { commit: facts.mainSha } } })
  expect(there.comments).toHaveLength(1)
  expect(there.comments[0]!.text).toMatch(
    /^Nightshift: shop, issue 1\n\nRelease 1: cured\.\n3\d expected, 0 seen\nCommit [0-9a-f]{40}\./,
  )
  expect(there.comments[0]!.text).toMatch(/https:\/\/night\.example\/dashboard\/agent-control\/issues\/1$/)
  expect(await effects()).toEqual([`tell:remark:${there.id}:1:cured`, `tell:resolve:${there.id}:1`])
  const writes = () => sentry.log.filter(({ method }) => method !== 'GET').length
  const were = writes()
  await db.sql`insert into work (subject, project, agent) values ('release:1', ${s.project}, 'releaser') on conflict do nothing`
  await steps(3)
  expect(writes()).toBe(were)
})

test('relapsed: it is said, and not resolved', async () => {
  expect((await ends(1)).state).toBe('relapsed')
  await steps(3)
  expect(there.status).toBe('unresolved')
  expect(there.comments.map(({ text }) => text)).toEqual([expect.stringContaining('Release 1: relapsed.')])
})

test('an issue that did not come from Sentry, and a Sentry nobody gave a token for, are told nothing', async () => {
  await db.admin`delete from nightshift.source_issues`
  await ends()
  await steps(2)
  expect(sentry.log).toEqual([])
  await linkIssue(db.sql, s.project, 'sentry', 'f1', there.id)
  s.actor.tracker = () => null
  await db.sql`insert into work (subject, project, agent) values ('release:1', ${s.project}, 'releaser') on conflict do nothing`
  await steps(2)
  expect(sentry.log).toEqual([])
})

test('an answer that was lost is asked about, not sent again', async () => {
  sentry.faults = [{ on: /POST .*comments/, times: 1, what: { kind: 'lost' } }]
  await ends()
  await steps(2)
  await db.admin`update nightshift.effects set deadline = now() - interval '1 s' where state = 'sending'`
  await db.sql`update work set due_at = now()`
  await steps(4)
  expect(there.comments).toHaveLength(1)
  expect(await effects()).toHaveLength(2)
})

test('a token that may not write ends after three tries, and the release has ended all the same', async () => {
  sentry.tokens['writer-token-of-acme'] = ['event:read']
  expect((await ends()).state).toBe('cured')
  await steps(10)
  expect(await effects()).toEqual([])
  const [row] = await db.sql<
    { n: number }[]
  >`select count(*)::int as n from effects where target = 'tracker' and state = 'failed'`
  expect(row!.n).toBe(6)
  expect(await db.sql`select 1 from work where subject = 'release:1'`).toHaveLength(0)
})

test('a Sentry that is away is tried for an hour, then left', async () => {
  sentry.faults = [{ on: /./, times: 1000, what: { kind: 'before', status: 503 } }]
  await ends()
  await steps(2)
  expect(await db.sql`select 1 from work where subject = 'release:1'`).toHaveLength(1)
  s.actor.clock = { now: () => new Date(Date.now() + 3 * 3_600_000) }
  await db.sql`update work set due_at = now()`
  await steps(2)
  expect(await db.sql`select 1 from work where subject = 'release:1'`).toHaveLength(0)
})
