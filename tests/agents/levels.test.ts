import type { Sql } from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { fix as fixById } from '../../lib/store/fixes.ts'
import { noticesOf } from '../../lib/store/notices.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { saveTraffic } from '../../lib/store/traffic.ts'
import { type Desk, openDesk, PASSWORD } from '../actions/desk.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, type Shipping, shipping } from './release.ts'

let db: FreshDatabase
let sql: Sql
let s: Shipping
let desk: Desk
const open: (() => unknown)[] = []

async function start(level: 1 | 2, policy: object = {}) {
  db = await freshDatabase()
  sql = db.sql
  s = await shipping(db, policy, level)
  s.host.answers['/launch'] = 404
  desk = await openDesk(sql, db.admin)
  open.push(db.drop, s.close, desk.close)
}
afterAll(() => Promise.all(open.map((close) => close())))

const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString()
const latency = (requests: number) => [requests, ...Array(10).fill(0)]
const traffic = (sha: string, requests: number, failed: number) =>
  saveTraffic(sql, s.project, [
    { environment: 'production', sha, route: 'POST /launch', minute, requests, failed, latency: latency(requests) },
  ])
const now = async () => (await releaseOfFix(sql, FIX))!
const steps = async (n = 12) => {
  for (let i = 0; i < n; i++) await s.step()
}
/** Until it waits for somebody: taking its place again for a try is a step of its own. */
const untilRefused = async () => {
  await s.step()
  for (let i = 0; i < 6 && !(await now()).facts.refused; i++) await s.step()
  return (await now()).facts.refused
}
const bound = async () => {
  const fix = await fixById(sql, FIX)
  const [project] = await sql<{ v: number }[]>`select policy_version as v from projects`
  return { fix: FIX, tree: fix?.state === 'proven' ? fix.tree : '', policyVersion: project!.v }
}
const approve = async (target: 'staging' | 'production', more: object = {}) =>
  desk.decide(desk.people.operator, 'approve', { ...(await bound()), target, ...more })

test('at level 1 nothing deploys before somebody approved, and they are asked once', async () => {
  await start(1)
  await steps()
  expect(s.host.log).toEqual([])
  expect(s.origin.git('rev-parse', 'main')).toBe(s.base)
  expect(s.origin.git('rev-parse', 'staging')).toBe(s.base)
  expect(s.origin.git('for-each-ref', '--format=%(refname)', 'refs/heads/agent')).toBe(`refs/heads/agent/fix-${FIX}`)
  expect((await now()).facts.refused).toMatchObject({
    asks: true,
    target: 'staging',
    reason: 'no approval for this tree',
  })
  expect((await noticesOf(sql, s.project)).map((one) => one.title)).toEqual(['Issue 1 waits for your approval'])
})

test('an approval up to staging stops before production, one up to production goes on', async () => {
  await start(1)
  await steps()
  expect(await approve('staging')).toMatchObject({ status: 200, body: { answer: 'done' } })
  await s.until('promoting')
  expect(await untilRefused()).toMatchObject({ target: 'production', reason: 'no approval for this tree' })
  expect(s.host.log).toEqual(['create staging', 'promote staging'])
  await traffic(s.base, 1000, 100)
  await approve('production')
  const { facts } = await s.until('watching')
  expect(s.host.serving.production?.sha).toBe(facts.mainSha)
  const used = await sql`select used_by from approvals order by id`
  expect(used).toEqual([{ usedBy: 'release:1' }, { usedBy: 'release:1' }])
})

test.each<[string, () => Promise<unknown>, RegExp]>([
  [
    'another policy',
    () => sql`select * from set_policy(1, '{"soakSeconds": 20, "watchSeconds": 30}', 10, 1, 'page', 1)`,
    /another policy/,
  ],
  [
    'another level',
    () =>
      desk
        .decide(desk.people.owner, 'level', { project: 'shop', level: 2, policyVersion: 1 }, { password: PASSWORD })
        .then(() => desk.decide(desk.people.owner, 'level', { project: 'shop', level: 1, policyVersion: 2 })),
    /another policy/,
  ],
  ['its expiry', () => db.admin`update nightshift.approvals set expires_at = now()`, /has expired/],
  [
    'an approver who lost the role',
    () => db.admin`update nightshift.people set role = 'viewer' where role = 'operator'`,
    /may not approve any more/,
  ],
  [
    'its recall',
    () => db.admin`update nightshift.approvals set revoked_at = now(), revoked_why = 'a mistake'`,
    /void: a mistake/,
  ],
  ['another tree', () => db.admin`update nightshift.approvals set tree = ${'d'.repeat(40)}`, /another tree/],
  ['another base', () => db.admin`update nightshift.approvals set base = ${'d'.repeat(40)}`, /another tree/],
  [
    'another release that used it',
    () => db.admin`update nightshift.approvals set used_by = 'release:9'`,
    /used by another release/,
  ],
])('a stale approval is refused with its reason: %s', async (_, spoil, reason) => {
  await start(1)
  await steps()
  await approve('production')
  await spoil()
  expect(await untilRefused()).toMatchObject({ asks: true, reason: expect.stringMatching(reason) })
  expect(s.host.log).toEqual([])
  expect(s.origin.git('rev-parse', 'staging')).toBe(s.base)
})

test('what was shown is what is approved: another tree or policy is refused there and then', async () => {
  await start(1)
  await steps()
  expect(await approve('production', { tree: 'd'.repeat(40) })).toMatchObject({
    status: 409,
    body: { detail: 'this is not the tree that was proven' },
  })
  expect(await approve('production', { policyVersion: 0 })).toMatchObject({
    body: { detail: 'the policy changed since this was shown' },
  })
  expect(await approve('production')).toMatchObject({ body: { answer: 'done' } })
  expect(await approve('production')).toMatchObject({ body: { answer: 'already' } })
})

test('a rejected fix goes nowhere, the reason is kept for the next attempt, and approving it then is refused', async () => {
  await start(1)
  await steps()
  const answer = await desk.decide(desk.people.operator, 'reject', { fix: FIX, why: 'it hides the cause' })
  expect(answer).toMatchObject({ status: 200, body: { state: 'rejected' } })
  await s.until('rolled-back')
  expect(await fixById(sql, FIX)).toMatchObject({
    withdrawn: true,
    withdrawnWhy: 'Ada the operator rejected it: it hides the cause',
  })
  expect((await approve('production')).body).toMatchObject({ detail: 'this patch was refused or rolled back' })
  expect((await sql`select agent from work where subject = 'issue:1'`)[0]?.agent).toBe('implementer')
  expect(s.host.log).toEqual([])
})

test('rejecting what soaks on staging takes it out of there', async () => {
  await start(2)
  await s.until('soaking')
  await desk.decide(desk.people.owner, 'reject', { fix: FIX, why: 'not tonight' })
  const release = await s.until('rolled-back')
  expect(release.facts.back).toMatchObject({ kind: 'rejected', lane: 'staging', from: 'soaking' })
  expect(s.origin.git('rev-parse', 'staging^{tree}')).toBe(s.origin.git('rev-parse', `${s.base}^{tree}`))
  expect(s.host.serving.staging?.deployment).toBe('d-first-staging')
})

test('a person rolls back what is cured: production, branches, and the issue opens again', async () => {
  await start(2)
  await traffic(s.base, 1000, 100)
  await sql`insert into counts (project, fingerprint, environment, sha, minute, n) values (${s.project}, 'f1', 'production', ${s.base}, ${minute}, 100)`
  const { facts } = await s.until('watching')
  await traffic(facts.mainSha!, 400, 0)
  const { id } = await s.until('cured')
  expect(await desk.decide(desk.people.operator, 'reject', { fix: FIX, why: 'x' })).toMatchObject({ status: 409 })
  const answer = await desk.decide(desk.people.operator, 'rollback', { release: id, why: 'customers complain' })
  expect(answer).toMatchObject({ status: 200, body: { state: 'rolling-back', answer: 'done' } })
  expect(s.host.serving.production?.deployment).not.toBe('d-first')
  // At once: what users meet from now on belongs to it.
  expect((await sql`select state from issues`)[0]?.state).toBe('open')
  await s.until('rolled-back')
  expect(s.host.serving.production?.deployment).toBe('d-first')
  expect((await sql`select state from issues`)[0]?.state).toBe('open')
  expect(await desk.decide(desk.people.operator, 'rollback', { release: id, why: 'again' })).toMatchObject({
    body: { answer: 'already' },
  })
})

test('paused during a bad watch: only the rollback a person orders goes through, and notices go out', async () => {
  await start(2)
  await traffic(s.base, 1000, 100)
  const { facts, id } = await s.until('watching')
  const paused = await desk.decide(desk.people.operator, 'pause', { project: 'shop', why: 'looks bad' })
  expect(paused.body).toMatchObject({ state: 'paused', releases: [{ id, state: 'watching' }] })
  await traffic(facts.mainSha!, 400, 80)
  const before = [...s.host.log]
  await s.until('rolling-back')
  await steps()
  expect(s.host.log).toEqual(before)
  expect((await now()).facts.refused).toMatchObject({ kind: 'rollback', reason: 'paused' })
  expect((await noticesOf(sql, s.project))[0]?.title).toBe('Issue 1: the rollback waits for you')
  await desk.decide(desk.people.operator, 'rollback', { release: id, why: 'go back' })
  await s.until('rolled-back')
  await s.step()
  expect(s.host.log.slice(before.length)).toEqual(['rollback production', 'rollback staging'])
  expect((await noticesOf(sql, s.project))[0]?.key).toBe(`release:${id}:rolled-back`)
  expect((await sql`select paused_at from projects`)[0]?.pausedAt).not.toBeNull()
})

test('roll back and pause in one: everything stops and the release goes back', async () => {
  await start(2)
  await s.until('watching')
  const answer = await desk.decide(desk.people.operator, 'pause', { project: 'shop', rollBack: true })
  expect(answer.body).toMatchObject({ state: 'paused', releases: [{ rollingBack: true }] })
  await s.until('rolled-back')
  expect(s.host.serving.production?.deployment).toBe('d-first')
})

test('a policy that protects the file after the proof stops the release before it leaves', async () => {
  await start(2)
  const body = { project: 'shop', policy: { protect: ['src/app.ts'] }, capPerDay: 10, policyVersion: 1 }
  await desk.decide(desk.people.owner, 'policy', body, { password: PASSWORD })
  const release = await s.until('held', 'soaking')
  expect(release.facts.waiting).toMatch(/tree gate refuses it: src\/app.ts: The project protects/)
  expect(s.origin.git('for-each-ref', 'refs/heads/agent')).toBe('')
})
