import { afterAll, expect, test } from 'vitest'
import { wakeForSummaries } from '../../agents/watcher/summaries.ts'
import { makeSummaries } from '../../lib/actions/summaries.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { summariesOf } from '../../lib/store/summaries.ts'
import { wakeNotices } from '../../lib/store/work.ts'
import { hour, type Morning, openMorning } from './morning.ts'

const opened: Morning[] = []
afterAll(() => Promise.all(opened.map((one) => one.close())))

const EVERY = [1, 2, 3, 4, 5, 6, 7]
/** The first one is due in an hour: those of the days before were never made, as the project is of today. */
const morning = async (notify: object = {}): Promise<Morning> => {
  const m = await openMorning({ handOver: { on: true, at: hour(1), days: EVERY }, ...notify })
  opened.push(m)
  await m.sql`delete from work`
  return m
}
const project = async (m: Morning) => (await projectById(m.sql, m.s.project))!
const told = async (m: Morning) =>
  (
    await m.sql<
      { key: string }[]
    >`select key from notices where kind in ('hand-over', 'weekly-review') order by at, key`
  ).map(({ key }) => key)
const woken = async (m: Morning) => {
  await m.sql`delete from work`
  await wakeForSummaries({ ...m.s.actor } as never, await project(m))
  return (await m.sql`select 1 from work where subject = ${`notices:${m.s.project}`}`).length === 1
}

test('the watcher wakes whoever may tell, when it is time and not before; it is told once a day', async () => {
  const m = await morning()
  expect(await woken(m)).toBe(false)
  m.later(1.01)
  expect(await woken(m)).toBe(true)
  await m.passOn()
  await m.passOn()
  const [key] = await told(m)
  expect(key).toMatch(/^hand-over:20\d\d-\d\d-\d\d$/)
  expect([m.slack.sent, m.email.sent]).toEqual([[key], [key]])
  expect(await woken(m)).toBe(false)
  m.later(23.5)
  await m.passOn()
  expect(await told(m)).toHaveLength(1)
  m.later(0.5)
  await m.passOn()
  expect(await told(m)).toHaveLength(2)
  const [second, first] = await summariesOf(m.sql, m.s.project)
  expect(second?.since).toEqual(first?.until)
})

test('clocks that were late for three days tell once, of all of it', async () => {
  const m = await morning()
  m.later(1.01)
  await m.passOn()
  m.later(72)
  await m.passOn()
  await m.passOn()
  expect(await told(m)).toHaveLength(2)
  const [second, first] = await summariesOf(m.sql, m.s.project)
  expect(second?.since).toEqual(first?.until)
})

test('made by many at once there is one, and all of them tell the same', async () => {
  const m = await morning()
  m.later(1.01)
  await Promise.all(Array.from({ length: 8 }, async () => makeSummaries(m.s.actor, await project(m))))
  expect(await summariesOf(m.sql, m.s.project)).toHaveLength(1)
})

test('whoever made it was stopped before it was told: it is told as it was made', async () => {
  const m = await morning()
  m.later(1.01)
  await makeSummaries(m.s.actor, await project(m))
  await m.found('P2')
  await m.passOn()
  const [row] = await m.sql<{ body: string }[]>`select body from notices where kind = 'hand-over'`
  expect(row?.body).toContain('Issue 1')
  expect(row?.body).not.toContain('Issue 2')
  expect(await told(m)).toHaveLength(1)
})

test('whoever told it was stopped in the middle of the call: it is looked at again until it is told', async () => {
  const m = await morning()
  m.later(1.01)
  const { send } = m.s.actor.notify
  m.s.actor.notify = { ...m.s.actor.notify, send: () => Promise.reject(new Error('killed')) }
  await expect(m.passOn()).rejects.toThrow('killed')
  m.s.actor.notify = { ...m.s.actor.notify, send }
  await m.sql`delete from work`
  // The call of before is still on its way, as far as anybody knows.
  await wakeNotices(m.sql, m.s.project)
  expect(await m.s.stepOf(`notices:${m.s.project}`)).toMatchObject({ inMs: 1000 })
  expect(await woken(m)).toBe(true)
  await m.db.admin`update nightshift.effects set deadline = now() - interval '1 s' where state = 'sending'`
  await m.passOn()
  await m.passOn()
  expect(await told(m)).toHaveLength(1)
})

test('a quiet night is one line, or nothing where that was set; the row is there all the same', async () => {
  const empty = async (evenQuiet: boolean) => {
    const m = await morning({ handOver: { on: true, at: hour(1), days: EVERY, evenQuiet } })
    await m.db.admin`truncate nightshift.issues cascade`
    m.later(1.01)
    await m.passOn()
    const [row] = await summariesOf(m.sql, m.s.project)
    expect(row).toMatchObject({ quiet: true, told: evenQuiet })
    return m.slack.sent.length
  }
  expect(await empty(true)).toBe(1)
  expect(await empty(false)).toBe(0)
})

test('the weekly review lists what is P4 and open, and nothing of it is late in the hand-over', async () => {
  const day = new Date(Date.now() + 3_600_000).getUTCDay() || 7
  const m = await morning({ weekly: { on: true, at: hour(1), day } })
  await m.db.admin`truncate nightshift.issues cascade`
  const finding = (fingerprint: string, days: number) => m.sql`
    insert into issues (project, fingerprint, title, route, severity, severity_why, seen, first_seen, last_seen)
    values (${m.s.project}, ${fingerprint}, 'secret words', 'GET /a', 'P4', 'w', 40, now() - make_interval(days => ${days}), now())`
  await finding('slow:GET /a', 20)
  await finding('f', 3)
  m.later(1.01)
  await m.passOn()
  const rows = await m.sql<
    { kind: string; title: string; body: string }[]
  >`select kind, title, body from notices order by kind`
  expect(rows.map(({ kind }) => kind)).toEqual(['hand-over', 'weekly-review'])
  expect(rows[1]?.title).toContain('2 P4 findings open')
  expect(rows[1]?.body).toMatch(/Slow routes \(1\)\n- Issue \d+, GET \/a: counted 40 times\n- What to do/)
  expect(rows[0]?.body).toContain('2 findings for the weekly review')
  expect(JSON.stringify(rows)).not.toMatch(/secret|Overdue/)
  await m.passOn()
  expect(await told(m)).toHaveLength(2)
})
