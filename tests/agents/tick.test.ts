import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Step, type TickLimits, tick } from '../../agents/tick.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { Fault } from '../../lib/errors.ts'
import { addWork, claimWork, finishWork } from '../../lib/store/work.ts'
import type { Observer, Outcome } from '../../lib/world/observer.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
let project: number
beforeAll(async () => {
  db = await freshDatabase()
  const settings = { repository: '/srv/shop.git', app: 'shop' }
  project = (await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings })).id
})
afterAll(() => db.drop())

let subjects = 0
/** One tick of the investigator over one new piece of work, and what whoever watches saw of it. */
async function watched(step: Step, limits: Partial<TickLimits> = {}) {
  const subject = `issue:${++subjects}`
  await addWork(db.sql, subject, project, 'investigator')
  const seen: { subject: string; outcome: Outcome }[] = []
  const ticks: string[] = []
  const observer: Observer = {
    ...{ say: () => undefined, failed: () => undefined, flush: async () => undefined },
    async tick(agent, run) {
      ticks.push(agent)
      return run()
    },
    async step(_, lease, run) {
      const outcome = await run()
      seen.push({ subject: lease.subject, outcome })
      return outcome
    },
  }
  const world = { sql: db.sql, ring: () => undefined }
  const report = await tick(world, 'investigator', step, { leaseSeconds: 60, deadlineMs: 2000, observer, ...limits })
  expect(ticks).toEqual(['investigator'])
  return { subject, seen, report }
}

test.each<[string, Step, Partial<Outcome>]>([
  ['ends', async () => 'done', { how: 'done' }],
  ['goes on to somebody', async () => ({ agent: 'releaser', inMs: 0 }), { how: 'handed-on', to: 'releaser' }],
])('whoever watches is told that a step %s', async (_, step, outcome) => {
  const { subject, seen, report } = await watched(step)
  expect(seen).toEqual([{ subject, outcome }])
  expect(report).toEqual({ agent: 'investigator', steps: 1, troubles: [] })
})

test('a step that never ends is given up, and somebody else can have it', async () => {
  const { subject, seen, report } = await watched(() => new Promise(() => undefined), { stepMs: 30 })
  expect(seen[0]).toMatchObject({ subject, outcome: { how: 'failed' } })
  expect(report.troubles).toEqual([`${subject}: it did not end within 0 minutes`])
  await db.sql`update work set due_at = now() where subject = ${subject}`
  const lease = await claimWork(db.sql, 'investigator', 60)
  expect(lease?.subject).toBe(subject)
  await finishWork(db.sql, lease!, 'done')
})

test('and how it failed; the tick is written down with its troubles', async () => {
  const error = new Fault('CODE_UNREACHABLE', 'no answer')
  const { subject, seen, report } = await watched(() => Promise.reject(error))
  expect(seen[0]).toMatchObject({ subject, outcome: { how: 'failed', error } })
  expect(report.troubles).toEqual([`${subject}: CODE_UNREACHABLE: no answer`])
  expect(await db.sql`select steps, troubles from agent_ticks where agent = 'investigator'`).toEqual([
    { steps: 1, troubles: 1 },
  ])
})

test('and that somebody else had taken it over meanwhile', async () => {
  const { seen } = await watched(async ({ subject }) => {
    await db.admin`update nightshift.work set lease_until = null, due_at = now() - interval '1 hour' where subject = ${subject}`
    expect((await claimWork(db.sql, 'investigator', 60))?.subject).toBe(subject)
    return 'done'
  })
  expect(seen[0]?.outcome).toEqual({ how: 'overtaken' })
})

/** How long a step waits that has failed for the n-th time. */
async function waitsAfter(error: unknown, tries: number): Promise<number> {
  const subject = `issue:${++subjects}`
  await addWork(db.sql, subject, project, 'investigator')
  await db.admin`update nightshift.work set tries = ${tries - 1} where subject = ${subject}`
  const rung: number[] = []
  const world = { sql: db.sql, ring: (_: string, inMs = 0) => void rung.push(inMs) }
  await tick(world, 'investigator', () => Promise.reject(error), { leaseSeconds: 60, deadlineMs: 2000 })
  const [row] = await db.sql<{ ms: number }[]>`
    select (extract(epoch from due_at - clock_timestamp()) * 1000)::int as ms from work where subject = ${subject}`
  expect(Math.abs(row!.ms - rung[0]!)).toBeLessThan(2000)
  return rung[0]!
}

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })

test.each<[string, () => unknown, number, number]>([
  ['a code host that is down', () => new Fault('GIT_UNREACHABLE'), 30, 30_000],
  ['a host that deploys and is down', () => new Fault('DEPLOY_UNREACHABLE'), 3, 8000],
  ['a network without an answer', () => new Error('fetch failed', { cause: refused }), 30, 30_000],
  ['a database that stops', () => Object.assign(new Error('shutting down'), { code: '57P01' }), 30, 30_000],
  ['a token that was revoked', () => new Fault('GITHUB_UNAUTHORISED'), 30, 300_000],
  ['a fault of our own', () => new TypeError('x is not a function'), 3, 3_600_000],
])('%s: tried again, never in a hot loop, and not an hour after it has passed', async (_, error, tries, expected) => {
  expect(await waitsAfter(error(), tries)).toBe(expected)
})

test('a limit is waited for as long as the far side said', async () => {
  const waited = await waitsAfter(new Fault('DEPLOY_LIMITED', '', new Date(Date.now() + 120_000)), 1)
  expect(waited).toBeGreaterThan(118_000)
  expect(waited).toBeLessThanOrEqual(120_000)
})
