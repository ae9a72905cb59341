import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { watch } from '../../agents/watcher/watcher.ts'
import { Fault } from '../../lib/errors.ts'
import { issuesOf } from '../../lib/store/issues.ts'
import { claimWork, finishWork } from '../../lib/store/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { minute, OLD, SHA, type SmallWorld, smallWorld } from './world.ts'

let db: FreshDatabase
let sql: Sql
let w: SmallWorld
const open: FreshDatabase[] = []

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  sql = db.sql
  w = await smallWorld(sql)
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

async function tickOnce() {
  await sql`update work set due_at = now(), lease_until = null where subject like 'project:%'`
  const lease = (await claimWork(sql, 'watcher', 60))!
  await finishWork(sql, lease, await watch(w.reader, lease))
}
const events = async () => (await sql<{ n: number }[]>`select count(*)::int as n from events`)[0]!.n
const counted = async () => (await sql<{ n: number }[]>`select coalesce(sum(n), 0)::int as n from counts`)[0]!.n

test('events of one fault are one issue, with route, users and severity, handed to the investigator once', async () => {
  w.traffic = [minute('production')]
  for (const n of [1, 2, 2]) await w.event({ user: { id: `user:${String(n).repeat(16)}` } })
  await tickOnce()
  await w.event()
  await tickOnce()
  const issues = await issuesOf(sql, w.project)
  expect(issues).toHaveLength(1)
  expect(issues[0]).toMatchObject({ route: 'POST /api/campaigns/launch', users: 3, seen: 4, severity: 'P2', sha: SHA })
  expect(await sql`select 1 from work where agent = 'investigator'`).toHaveLength(1)
  expect(await sql`select 1 from audit where what = 'issue.opened'`).toHaveLength(1)
  expect(w.rings).toContain('investigator')
})

test('a failure without a user makes the number of users unknown', async () => {
  await w.event()
  await w.event({ user: undefined })
  await tickOnce()
  expect((await issuesOf(sql, w.project))[0]?.users).toBeNull()
})

test('a warning is noted for the weekly review, and starts when it becomes graver', async () => {
  const exception = { values: [{ type: 'Slow', value: 'slow', mechanism: { handled: true } }] }
  await w.event({ level: 'warning', exception, request: undefined })
  await tickOnce()
  expect((await issuesOf(sql, w.project))[0]).toMatchObject({ severity: 'P4' })
  expect(await sql`select 1 from work where agent = 'investigator'`).toHaveLength(0)
  await w.event({ exception: { values: [{ type: 'Slow', value: 'slow', mechanism: { handled: false } }] } })
  await tickOnce()
  expect(await sql`select 1 from work where agent = 'investigator'`).toHaveLength(1)
})

test('events of staging are counted and open nothing', async () => {
  await w.event({ environment: 'staging' })
  await tickOnce()
  expect(await counted()).toBe(1)
  expect(await issuesOf(sql, w.project)).toEqual([])
})

test('a hundred bodies an hour are kept, every event counts', async () => {
  for (let i = 0; i < 130; i++) await w.event()
  await tickOnce()
  expect(await counted()).toBe(130)
  expect(await events()).toBe(100)
})

test('an event that cannot be read is put aside with its reason, and the others go on', async () => {
  await w.event({ exception: { values: 'poison' }, message: 7, level: [] })
  await w.event()
  await tickOnce()
  expect((await issuesOf(sql, w.project))[0]?.seen).toBe(1)
  expect(await sql`select 1 from events where parsed_at is null`).toHaveLength(0)
})

test('an event that stopped its reader three times is put aside', async () => {
  await w.event()
  await db.admin`update nightshift.events set tries = 3`
  await tickOnce()
  const [row] = await sql<{ quarantined: string }[]>`select quarantined from events`
  expect(row!.quarantined).toContain('three times')
  expect(await counted()).toBe(0)
})

test('counters of a minute that still grew replace what was read before', async () => {
  w.traffic = [minute('production')]
  await tickOnce()
  w.traffic = [minute('production', { requests: 150, failed: 12 })]
  await tickOnce()
  expect(await sql`select requests, failed from traffic`).toMatchObject([{ requests: 150, failed: 12 }])
})

test('an echo of the old version after a cure opens nothing; a failure of the cured version does', async () => {
  await w.event()
  await tickOnce()
  const [issue] = await issuesOf(sql, w.project)
  await db.admin`update nightshift.issues set state = 'closed', closed_as = 'cured', closed_at = now()`
  await db.admin`insert into nightshift.fixes (id, project, issue, attempt, base) values ('0123456789ab', ${w.project}, ${issue!.id}, 1, ${OLD})`
  await db.admin`insert into nightshift.releases (project, fix, issue, state, facts)
                 values (${w.project}, '0123456789ab', ${issue!.id}, 'cured', ${sql.json({ mainSha: SHA })})`
  await w.event({ release: OLD })
  await tickOnce()
  expect(await issuesOf(sql, w.project)).toHaveLength(1)
  await w.event({ release: SHA })
  await tickOnce()
  expect(await issuesOf(sql, w.project)).toHaveLength(2)
})

test('a host that does not say what it served keeps no event waiting, and its trouble is told', async () => {
  await w.event()
  const silent = () => Promise.reject(new Fault('DEPLOY_UNREACHABLE', 'no answer'))
  const deploy = w.reader.deploy
  w.reader.deploy = (project) => ({ ...deploy(project), traffic: silent, serving: silent })
  await expect(tickOnce()).rejects.toMatchObject({ code: 'DEPLOY_UNREACHABLE' })
  expect(await issuesOf(sql, w.project)).toMatchObject([{ seen: 1 }])
  // What it served meanwhile is read from where it was left.
  w.reader.deploy = deploy
  w.traffic = [minute('production')]
  await tickOnce()
  expect(await sql`select 1 from traffic`).toHaveLength(1)
})

test.each<[string, () => Error]>([
  ['knows nothing of the commit', () => new Fault('CODE_UNREACHABLE', 'Commit cccccccccccc is not in the repository.')],
  ['does not answer', () => new Fault('GIT_UNREACHABLE', 'no answer')],
  ['wants fewer calls', () => new Fault('GITHUB_LIMITED')],
])('a code host that %s loses no issue, of this event or of another', async (_, error) => {
  await w.event({ release: 'c'.repeat(40) })
  const exception = { values: [{ type: 'RangeError', value: 'other', mechanism: { handled: false } }] }
  await w.event({ exception })
  const code = w.reader.code
  const none = () => Promise.reject(error())
  w.reader.code = (project) => ({
    ...code(project),
    files: (sha) => (sha === SHA ? code(project).files(sha) : none()),
  })
  await tickOnce()
  expect((await issuesOf(sql, w.project)).map(({ title }) => title.split(':')[0]).sort()).toEqual([
    'RangeError',
    'TypeError',
  ])
})

test('a failure of what was cured, while nobody says which commit holds the cure, is judged once somebody does', async () => {
  await w.event()
  await tickOnce()
  const [issue] = await issuesOf(sql, w.project)
  await db.admin`update nightshift.issues set state = 'closed', closed_as = 'cured', closed_at = now()`
  await db.admin`insert into nightshift.fixes (id, project, issue, attempt, base) values ('0123456789ab', ${w.project}, ${issue!.id}, 1, ${SHA})`
  await db.admin`insert into nightshift.releases (project, fix, issue, state, facts)
                 values (${w.project}, '0123456789ab', ${issue!.id}, 'cured', ${sql.json({ mainSha: OLD })})`
  const code = w.reader.code
  w.reader.code = (project) => ({
    ...code(project),
    isAncestor: () => Promise.reject(new Fault('GIT_UNREACHABLE')),
  })
  await w.event()
  await expect(tickOnce()).rejects.toMatchObject({ code: 'GIT_UNREACHABLE' })
  w.reader.code = code
  await tickOnce()
  expect((await issuesOf(sql, w.project)).filter(({ state }) => state === 'open')).toHaveLength(1)
})
