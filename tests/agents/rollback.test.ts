import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Brings } from '../../lib/domain/deployment.ts'
import { undoneInWords } from '../../lib/domain/release.ts'
import { Fault } from '../../lib/errors.ts'
import { fix as fixById } from '../../lib/store/fixes.ts'
import { issue as issueById } from '../../lib/store/issues.ts'
import { noticesOf } from '../../lib/store/notices.ts'
import { saveTraffic } from '../../lib/store/traffic.ts'
import { openDesk } from '../actions/desk.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, type Shipping, shipping } from './release.ts'

let sql: Sql
let db: FreshDatabase
let s: Shipping
const open: (() => unknown)[] = []

beforeEach(async () => {
  db = await freshDatabase()
  sql = db.sql
  s = await shipping(db)
  s.host.answers['/launch'] = 404
  open.push(db.drop, s.close)
})
afterAll(() => Promise.all(open.map((close) => close())))

const ENDS = ['cured', 'unexposed', 'relapsed', 'rolled-back', 'held']
const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString()
const latency = (requests: number) => [requests, ...Array(10).fill(0)]
const traffic = (sha: string, requests: number, failed: number) =>
  saveTraffic(sql, s.project, [
    { environment: 'production', sha, route: 'POST /launch', minute, requests, failed, latency: latency(requests) },
  ])
const seen = (sha: string, n: number, fingerprint: string, environment: string) =>
  sql`insert into counts (project, fingerprint, environment, sha, minute, n)
      values (${s.project}, ${fingerprint}, ${environment}, ${sha}, ${minute}, ${n})`
const treeOf = (ref: string) => s.origin.git('rev-parse', `${ref}^{tree}`)
const workOf = async (subject: string) => (await sql`select agent from work where subject = ${subject}`)[0]?.agent

/** Watched in production, which then goes bad in this way. */
async function goneBad(how: (sha: string) => unknown) {
  await traffic(s.base, 1000, 100)
  const { facts } = await s.until('watching')
  await how(facts.mainSha!)
  return s.until(...ENDS)
}

test('a worse error rate in production is rolled back to what served before, and the fix leaves both branches', async () => {
  const release = await goneBad((sha) => traffic(sha, 400, 80))
  expect(release.state).toBe('rolled-back')
  expect(s.host.serving.production).toMatchObject({ deployment: 'd-first', sha: s.base })
  expect(s.host.serving.staging).toMatchObject({ deployment: 'd-first-staging' })
  expect([treeOf('main'), treeOf('staging')]).toEqual([treeOf(s.base), treeOf(s.base)])
  expect(s.origin.git('merge-base', '--is-ancestor', release.facts.mainSha!, 'main')).toBe('')
  expect(s.host.log.filter((line) => line.startsWith('rollback'))).toEqual(['rollback production', 'rollback staging'])
  expect(undoneInWords(release.facts.back!).join(' ')).toMatch(
    /Production serves .* again and answers.*Taken out of main.*Staging serves .* again.*Taken out of staging/,
  )
})

const schedule = (path: string, after: string | null) => ({ path, before: '0 1 * * *', after })
const names = (n: number) => Array.from({ length: n }, (_, i) => `V${i}`)

test.each<[string, () => Promise<Brings>, RegExp]>([
  ['nothing', async () => ({ variables: [], schedules: [] }), /health check\.$/],
  [
    'variables',
    async () => ({ variables: names(10), schedules: [] }),
    /\. It runs without what was set since: V0, .*, V9\.$/,
  ],
  ['many of them', async () => ({ variables: names(12), schedules: [] }), /V8, V9 and 2 more\.$/],
  [
    'both',
    async () => ({ variables: ['A'], schedules: [schedule('/a', '0 2 * * *'), schedule('/b', null)] }),
    /since: A\. Its own schedules apply: \/a \(0 2 \* \* \*\), \/b \(no more\)\.$/,
  ],
  ['nobody knows what', () => Promise.reject(new Error('no')), /beside its code could not be read\.$/],
])('a way back that brings %s beside the code says so, and goes on', async (_, brings, said) => {
  const asked: string[][] = []
  s.host.deploy.brings = (from, to) => {
    asked.push([from, to])
    return brings()
  }
  const release = await goneBad((sha) => traffic(sha, 400, 80))
  expect(release.state).toBe('rolled-back')
  expect(release.facts.back?.undone?.production).toMatch(said)
  expect(asked).toEqual([[release.facts.productionDeployment, 'd-first']])
})

test('the patch never comes again, the issue goes on with what was learnt, and people are told', async () => {
  const release = await goneBad((sha) => seen(sha, 3, 'f2', 'production'))
  expect(release.facts.back).toMatchObject({ kind: 'unhealthy', why: expect.stringContaining('new error') })
  expect(await fixById(sql, FIX)).toMatchObject({ withdrawn: true, withdrawnWhy: release.facts.back!.why })
  expect(await issueById(sql, release.issue)).toMatchObject({ state: 'open' })
  expect(await workOf(`issue:${release.issue}`)).toBe('implementer')
  await s.step()
  expect(await noticesOf(sql, s.project)).toContainEqual(
    expect.objectContaining({ key: `release:${release.id}:rolled-back`, body: expect.stringContaining('new error') }),
  )
})

test('a watch that goes bad does not wait for its end', async () => {
  const release = await goneBad((sha) => seen(sha, 3, 'f2', 'production'))
  const { watch, back } = release.facts
  expect(Date.parse(back!.at) - Date.parse(watch!.since)).toBeLessThan(15_000)
})

test.each<[string, () => unknown, RegExp, string[]]>([
  ['a staging build that fails', () => (s.host.builds = 'failed'), /staging build failed/, ['create staging']],
  [
    'a smoke test that fails on staging',
    () => (s.host.answers['/smoke'] = 500),
    /smoke tests failed on staging/,
    ['create staging', 'promote staging', 'rollback staging'],
  ],
  [
    'a fixture that answers otherwise in the soak',
    () => (s.host.answers['/launch'] = 500),
    /probes failed/,
    ['create staging', 'promote staging', 'rollback staging'],
  ],
])('%s takes the fix out of staging again, and production is not touched', async (_, trouble, why, log) => {
  trouble()
  const release = await s.until(...ENDS)
  expect(release.state).toBe('rolled-back')
  expect(release.facts.back?.why).toMatch(why)
  expect(s.host.log).toEqual(log)
  expect(treeOf('staging')).toBe(treeOf(s.base))
  expect(s.origin.git('rev-parse', 'main')).toBe(s.base)
})

test('a new error on staging ends the soak', async () => {
  const { facts } = await s.until('soaking')
  await seen(facts.stagingSha!, 3, 'f2', 'staging')
  expect((await s.until(...ENDS)).facts.back?.why).toMatch(/new error/)
})

test('what others pushed meanwhile stays when the fix is taken out', async () => {
  const { facts } = await s.until('soaking')
  s.origin.commit('staging', { 'theirs.txt': 'x\n' }, 'Theirs')
  await seen(facts.stagingSha!, 3, 'f2', 'staging')
  await s.until('rolled-back')
  expect(s.origin.git('ls-tree', '-r', '--name-only', 'staging')).toContain('theirs.txt')
  expect(s.origin.git('show', 'staging:src/app.ts')).toBe('broken')
})

test('lines that others changed since are left to a person in words, and production is back all the same', async () => {
  await traffic(s.base, 1000, 100)
  const { facts } = await s.until('watching')
  s.origin.commit('main', { 'src/app.ts': 'theirs\n' }, 'Theirs')
  await traffic(facts.mainSha!, 400, 80)
  const release = await s.until(...ENDS)
  expect(release.state).toBe('rolled-back')
  expect(s.host.serving.production?.deployment).toBe('d-first')
  expect(release.facts.back?.undone?.main).toMatch(/out of main yourself: others changed the same lines/)
  expect(s.origin.git('show', 'main:src/app.ts')).toBe('theirs')
})

test('a host that says it rolled back and did not is caught: nobody claims it, everything stops, a person is called', async () => {
  await traffic(s.base, 1000, 100)
  const { facts } = await s.until('watching')
  s.host.shifts = 'nothing'
  await traffic(facts.mainSha!, 400, 80)
  const release = await s.until(...ENDS)
  expect(release).toMatchObject({
    state: 'held',
    facts: { waiting: expect.stringContaining('could not be confirmed') },
  })
  const [project] = await sql`select paused_at, paused_by from projects`
  expect(project).toMatchObject({ pausedAt: expect.any(Date), pausedBy: 'releaser' })
  expect(
    await sql`select 1 from audit where what = 'effect.confirmed' and body->>'key' like '%rollback%'`,
  ).toHaveLength(0)
  // Once the host works again, a new order is tried anew.
  s.host.shifts = 'well'
  const desk = await openDesk(sql, db.admin)
  const again = await desk.decide(desk.people.owner, 'rollback', { release: release.id, why: 'now' })
  expect(again).toMatchObject({ status: 200, body: { answer: 'done' } })
  expect((await s.until(...ENDS.slice(0, 4))).state).toBe('rolled-back')
  expect(s.host.serving.production?.deployment).toBe('d-first')
  desk.close()
})

test('a host that says it promoted and did not is caught', async () => {
  await traffic(s.base, 1000, 100)
  await s.until('promoting')
  s.host.shifts = 'nothing'
  const release = await s.until(...ENDS)
  expect(release).toMatchObject({ state: 'rolled-back', facts: { back: { kind: 'failed' } } })
  expect(release.facts.back?.why).toBe('It could not be served: the far side knows nothing of it.')
  const claimed =
    await sql`select 1 from audit where what = 'effect.confirmed' and body->>'key' like '%promote:production%'`
  expect(claimed).toHaveLength(0)
  expect(treeOf('main')).toBe(treeOf(s.base))
})

test('somebody else’s deployment is not rolled back', async () => {
  await traffic(s.base, 1000, 100)
  const { facts } = await s.until('watching')
  await traffic(facts.mainSha!, 400, 80)
  s.host.serving.production = { deployment: 'theirs', revision: 9, sha: 'e'.repeat(40) }
  expect((await s.until(...ENDS)).facts.waiting).toMatch(/serves something else/)
  expect(s.host.serving.production.deployment).toBe('theirs')
})

test('production that does not answer is nothing to go back to, so nothing ships', async () => {
  await s.until('soaking')
  s.host.unhealthy.add('production')
  expect((await s.until(...ENDS)).facts.waiting).toMatch(/nothing to go back to/)
})

test('users are taken back while the code host is down, and nobody asks it before', async () => {
  await traffic(s.base, 1000, 100)
  const { facts } = await s.until('watching')
  await traffic(facts.mainSha!, 400, 80)
  const real = s.actor.code
  const asked: string[] = []
  const silent = (name: string) => async () => {
    asked.push(`${name}, production serving ${s.host.serving.production?.deployment}`)
    throw new Fault('GIT_UNREACHABLE', 'no answer')
  }
  s.actor.code = () => new Proxy({} as never, { get: (_, name) => silent(String(name)) })
  for (let i = 0; i < 20; i++) await s.step().catch(() => db.admin`update nightshift.work set lease_until = null`)
  expect(s.host.serving.production).toMatchObject({ deployment: 'd-first', sha: s.base })
  expect(asked.filter((one) => !one.endsWith('serving d-first'))).toEqual([])
  // And the rest once it is back.
  s.actor.code = real
  expect((await s.until(...ENDS)).state).toBe('rolled-back')
  expect(treeOf('main')).toBe(treeOf(s.base))
})
