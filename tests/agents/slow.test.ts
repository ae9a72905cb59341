import { afterAll, beforeEach, expect, test } from 'vitest'
import { watch } from '../../agents/watcher/watcher.ts'
import { Policy } from '../../lib/domain/project.ts'
import { stageOf } from '../../lib/policy/stage.ts'
import { board } from '../../lib/store/story.ts'
import { claimWork, finishWork } from '../../lib/store/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { minute, SHA, type SmallWorld, smallWorld } from './world.ts'

let db: FreshDatabase
let w: SmallWorld
const open: FreshDatabase[] = []

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  w = await smallWorld(db.sql)
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

async function look() {
  await db.sql`update work set due_at = now(), lease_until = null where subject like 'project:%'`
  const lease = (await claimWork(db.sql, 'watcher', 60))!
  await finishWork(db.sql, lease, await watch(w.reader, lease))
  return board(db.sql, w.project)
}

/** Forty requests between 1 and 2.5 seconds. */
const slow = { route: 'GET /api/reports/yearly', requests: 40, failed: 0, latency: [0, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0] }

test('a slow route is a P4 with its percentiles, for a person, and nobody starts to repair it', async () => {
  w.traffic = [minute('production', slow), minute('production')]
  const [strand, ...others] = await look()
  expect(others).toEqual([])
  expect(strand!.issue).toMatchObject({ title: 'GET /api/reports/yearly is slow', severity: 'P4', sha: SHA, seen: 40 })
  expect(strand!.diagnosis).toMatchObject({ remedy: 'needs-person', cause: 'inconclusive' })
  expect(strand!.diagnosis?.why).toMatch(
    /Of 40 requests in the last hour the median took 1 s to 2.5 s, the 95th percentile 1 s to 2.5 s/,
  )
  expect(await db.sql`select 1 from work where subject like 'issue:%'`).toEqual([])
  const project = { level: 2 as const, policy: Policy.parse({}), policyVersion: 1, pausedAt: null }
  expect(stageOf({ ...strand!, project, now: new Date() })).toMatchObject({
    stage: 'needs-person',
    waitingForYou: true,
  })
})

test('seen again it stays one issue, diagnosed once', async () => {
  w.traffic = [minute('production', slow)]
  await look()
  w.traffic = [minute('production', { ...slow, requests: 60, latency: slow.latency.map((n) => n * 1.5) })]
  const strands = await look()
  expect(strands.map((one) => one.issue.seen)).toEqual([60])
  expect(await db.sql`select 1 from diagnoses`).toHaveLength(1)
})

test.each([
  ['on staging', minute('staging', slow)],
  ['seldom asked', minute('production', { ...slow, requests: 10, latency: slow.latency.map((n) => n / 4) })],
])('nothing comes of it %s', async (_, traffic) => {
  w.traffic = [traffic]
  expect(await look()).toEqual([])
})

test('minutes of one route are counted together', async () => {
  const half = { ...slow, requests: 10, latency: slow.latency.map((n) => n / 4) }
  const ago = (minutes: number) => new Date(Math.floor(Date.now() / 60_000) * 60_000 - minutes * 60_000).toISOString()
  w.traffic = [minute('production', half), minute('production', { ...half, minute: ago(5) })]
  expect(await look()).toHaveLength(1)
})
