import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { addWork, claimWork, finishWork, keepWork, nudge } from '../../lib/store/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
let sql: Sql
let project: number
const open: FreshDatabase[] = []

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  sql = db.sql
  const settings = { repository: '/srv/shop.git', app: 'shop' }
  project = (await registerProject(sql, { slug: 'shop', name: 'Shop', settings })).id
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

const claim = () => claimWork(sql, 'implementer', 60)

test('twenty workers share a hundred pieces of work, each claimed once', async () => {
  for (let i = 0; i < 100; i++) await addWork(sql, `issue:${i}`, project, 'implementer')
  const claimed: string[] = []
  const worker = async () => {
    for (let lease = await claim(); lease; lease = await claim()) claimed.push(lease.subject)
  }
  await Promise.all(Array.from({ length: 20 }, worker))
  expect(claimed).toHaveLength(100)
  expect(new Set(claimed).size).toBe(100)
})

test('work is not claimed before it is due, nor by another agent', async () => {
  await addWork(sql, 'issue:1', project, 'implementer', 60_000)
  expect(await claim()).toBeNull()
  await nudge(sql, 'issue:1')
  expect(await claimWork(sql, 'releaser', 60)).toBeNull()
  expect((await claim())?.subject).toBe('issue:1')
})

test('a lease that ran out is taken over, and the first holder can do nothing any more', async () => {
  await addWork(sql, 'issue:1', project, 'implementer')
  const first = (await claim())!
  await db.admin`update nightshift.work set lease_until = now() - interval '1 second'`
  expect(await keepWork(sql, first, 60)).toBe(false)
  const second = (await claim())!
  expect(second.fence).toBe(first.fence + 1)
  expect(await keepWork(sql, first, 60)).toBe(false)
  expect(await finishWork(sql, first, 'done')).toBe(false)
  expect(await finishWork(sql, first, { agent: 'watcher', inMs: 0 })).toBe(false)
  expect(await finishWork(sql, second, { agent: 'releaser', inMs: 0 })).toBe(true)
  expect((await claimWork(sql, 'releaser', 60))?.subject).toBe('issue:1')
})

test('a heartbeat keeps the lease', async () => {
  await addWork(sql, 'issue:1', project, 'implementer')
  const lease = (await claimWork(sql, 'implementer', 1))!
  expect(await keepWork(sql, lease, 60)).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 1100))
  expect(await claim()).toBeNull()
})

test('a nudge during the work makes it due again at once, and survives its end', async () => {
  await addWork(sql, 'issue:1', project, 'implementer')
  const lease = (await claim())!
  await nudge(sql, 'issue:1')
  await finishWork(sql, lease, { agent: 'implementer', inMs: 3_600_000 })
  const again = (await claim())!
  expect(again.subject).toBe('issue:1')
  await nudge(sql, 'issue:1')
  await finishWork(sql, again, 'done')
  expect((await claim())?.subject).toBe('issue:1')
})

test('trouble keeps the count of tries, success clears it', async () => {
  await addWork(sql, 'issue:1', project, 'implementer')
  await finishWork(sql, (await claim())!, { agent: 'implementer', inMs: 0 }, 'it broke')
  const second = (await claim())!
  expect(second.tries).toBe(2)
  await finishWork(sql, second, { agent: 'implementer', inMs: 0 })
  expect((await claim())!.tries).toBe(1)
})

test('the gravest issue is taken first, then what is due longest; what is on its way comes before issues', async () => {
  for (const severity of ['P2', 'P1', 'P3', 'P1'])
    await sql`insert into issues (project, fingerprint, title, severity, severity_why, first_seen, last_seen)
              values (${project}, ${`f${Math.random()}`}, 't', ${severity}, 'w', now(), now())`
  const subjects = ['issue:1', 'issue:2', 'issue:3', 'issue:4', 'release:9', 'issue:77']
  for (const [i, subject] of subjects.entries()) {
    await addWork(sql, subject, project, 'implementer')
    await sql`update work set due_at = now() - make_interval(secs => ${60 - i}) where subject = ${subject}`
  }
  const order: (string | undefined)[] = []
  for (let lease = await claim(); lease; lease = await claim()) order.push(lease.subject)
  // Issue 77 is unknown: it has no severity either.
  expect(order).toEqual(['release:9', 'issue:77', 'issue:2', 'issue:4', 'issue:1', 'issue:3'])
})
