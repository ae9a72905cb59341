import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { saveTraffic } from '../../lib/store/traffic.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, type Shipping, shipping } from './release.ts'

let sql: Sql
let db: FreshDatabase
let s: Shipping
const open: (() => unknown)[] = []

async function start(policy: object = {}) {
  db = await freshDatabase()
  sql = db.sql
  s = await shipping(db, policy)
  s.host.answers['/launch'] = 404
  open.push(db.drop, s.close)
}
beforeEach(() => start())
afterAll(() => Promise.all(open.map((close) => close())))

const ENDS = ['cured', 'unexposed', 'relapsed', 'rolled-back', 'held']
const minute = () => new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString()
const traffic = (sha: string, requests: number, failed: number) =>
  saveTraffic(sql, s.project, [
    {
      environment: 'production',
      sha,
      route: 'POST /launch',
      minute: minute(),
      requests,
      failed,
      latency: [requests, ...Array(10).fill(0)],
    },
  ])
const seen = (sha: string, n: number, fingerprint = 'f1', environment = 'production') =>
  sql`insert into counts (project, fingerprint, environment, sha, minute, n) values (${s.project}, ${fingerprint}, ${environment}, ${sha}, ${minute()}, ${n})`
const watched = async (n: { requests: number; failed: number; events: number }) => {
  await traffic(s.base, 1000, 100)
  await seen(s.base, 100)
  const { facts } = await s.until('watching')
  await traffic(facts.mainSha!, n.requests, n.failed)
  if (n.events > 0) await seen(facts.mainSha!, n.events)
  return s.until(...ENDS)
}

test('everything healthy ends cured, with the sentence in the inbox', async () => {
  const release = await watched({ requests: 400, failed: 0, events: 0 })
  expect(release).toMatchObject({
    state: 'cured',
    facts: { cure: { sentence: expect.stringMatching(/^3\d expected, 0 seen$/) } },
  })
  expect(s.host.log).toEqual(['create staging', 'promote staging', 'create production', 'promote production'])
  expect(release.facts.soak!.probes.sent).toBeGreaterThanOrEqual(60)
})

test('too few requests since is unexposed, not cured', async () => {
  expect((await watched({ requests: 20, failed: 0, events: 0 })).state).toBe('unexposed')
})

test('it is asked again once there should have been enough requests, those of releases on top of it included', async () => {
  const { facts } = await watched({ requests: 40, failed: 0, events: 0 })
  const [asked, shipped] = [Date.parse(facts.askAt!), Date.parse(facts.entered!.watching!)]
  expect(asked - Date.parse(facts.entered!.unexposed!)).toBeLessThan(10 * (asked - shipped))
  expect(asked - shipped).toBeLessThan(3_600_000)
  const later = s.origin.commit('main', { 'src/more.ts': 'more\n' }, 'On top of it')
  await traffic(later, 300, 0)
  const cured = await s.until('cured', 'relapsed')
  expect(cured.facts).toMatchObject({ asked: 1, askAt: null, cure: { exposure: { requestsSince: 340 } } })
})

test('the fault on a commit on top of the fix is a relapse', async () => {
  await watched({ requests: 40, failed: 0, events: 0 })
  const later = s.origin.commit('main', { 'src/more.ts': 'more\n' }, 'On top of it')
  await traffic(later, 300, 1)
  await seen(later, 1)
  expect((await s.until('cured', 'relapsed')).state).toBe('relapsed')
})

test('what production ran before counts from when the error was first seen, on whichever commit', async () => {
  const [older, ancient] = ['c'.repeat(40), 'd'.repeat(40)]
  await traffic(older, 500, 50)
  await seen(older, 50)
  const long = new Date(Date.now() - 3_600_000).toISOString()
  await saveTraffic(sql, s.project, [
    {
      environment: 'production',
      sha: ancient,
      route: 'POST /launch',
      minute: long,
      requests: 9000,
      failed: 0,
      latency: [9000, ...Array(10).fill(0)],
    },
  ])
  const { facts } = await watched({ requests: 400, failed: 0, events: 0 })
  expect(facts.cure?.exposure).toMatchObject({ failuresBefore: 150, requestsBefore: 1500 })
})

test('one more event of the fault is a relapse', async () => {
  expect((await watched({ requests: 400, failed: 1, events: 1 })).state).toBe('relapsed')
})

test.each<[string, () => unknown, RegExp, string[]]>([
  [
    'main ahead of production',
    () => s.origin.commit('main', { 'a.txt': 'x' }, 'Ahead'),
    /ahead of production/,
    ['create staging', 'promote staging'],
  ],
  ['a conflict on staging', () => s.origin.commit('staging', { 'src/app.ts': 'theirs\n' }, 'Theirs'), /conflicts/, []],
])('%s is held, and nothing else moves', async (_, trouble, why, log) => {
  trouble()
  const release = await s.until(...ENDS)
  expect(release.state).toBe('held')
  expect(release.facts.waiting).toMatch(why)
  expect(s.host.log).toEqual(log)
  expect(s.host.serving.production?.deployment).not.toMatch(/^d\d/)
})

test('where somebody rolled production back at the host, that is said and stays', async () => {
  s.origin.commit('main', { 'a.txt': 'x' }, 'Bad')
  s.host.serving.production = { ...s.host.serving.production!, pinned: true }
  const release = await s.until(...ENDS)
  expect(release.state).toBe('held')
  expect(release.facts.waiting).toMatch(/not deployed yet, since production was rolled back at the host$/)
  expect(s.host.log).toEqual(['create staging', 'promote staging'])
})

test('others’ work on staging stays there: the fix goes to main by its own branch', async () => {
  s.origin.commit('staging', { 'b.txt': 'theirs\n' }, 'Theirs')
  const { facts } = await s.until('watching')
  expect(s.origin.git('log', '-1', '--format=%P', 'main').split(' ')[1]).toBe(facts.branchSha)
  expect(s.origin.git('ls-tree', '--name-only', '-r', 'main')).not.toContain('b.txt')
})

test('a branch of our name that is not ours stops it before anything moves', async () => {
  s.origin.git('update-ref', `refs/heads/agent/fix-${FIX}`, s.base)
  const release = await s.until(...ENDS)
  expect(release.facts.waiting).toMatch(/not ours/)
  expect(s.host.log).toEqual([])
})

test('bytes that are not those that were proven are not pushed', async () => {
  await db.admin`update nightshift.fixes set tree = ${'f'.repeat(40)}`
  expect((await s.until(...ENDS)).facts.waiting).toMatch(/not the tree that was proven/)
  expect(s.origin.git('for-each-ref', 'refs/heads/agent')).toBe('')
})

test('where production hours never open nothing reaches production', async () => {
  await start({ hours: { zone: 'Europe/London', from: 3, to: 3, days: [1] } })
  await s.until('promoting')
  for (let i = 0; i < 8; i++) await s.step()
  expect(await s.until('promoting')).toMatchObject({
    facts: { refused: { reason: 'the decision says stop', asks: false } },
  })
  expect(s.host.log).toEqual(['create staging', 'promote staging'])
  expect(s.origin.git('rev-parse', 'main')).toBe(s.base)
})
