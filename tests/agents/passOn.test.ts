import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { noticesOf } from '../../lib/store/notices.ts'
import { wakeNotices } from '../../lib/store/work.ts'
import type { Channel } from '../../lib/world.ts'
import { type Desk, openDesk } from '../actions/desk.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, type Shipping, shipping } from './release.ts'

let db: FreshDatabase
let sql: Sql
let s: Shipping
let desk: Desk
const open: (() => unknown)[] = []
/** A channel in memory; `how` is what it does next. */
let channel: Channel & { sent: string[]; how: ('well' | 'no' | 'unknown')[]; asked: number }

async function start(channels: () => Channel[] = () => []) {
  db = await freshDatabase()
  sql = db.sql
  s = await shipping(db, {}, 1, { channels: channels() })
  desk = await openDesk(sql, db.admin)
  open.push(db.drop, s.close, desk.close)
}
beforeEach(() => {
  channel = {
    ...{ name: 'email', sent: [], how: [], asked: 0 },
    notify: {
      async send(_, { key }) {
        const how = channel.how.shift() ?? 'well'
        if (how === 'no') return { refused: 'not today' }
        channel.sent.push(key)
        if (how === 'unknown') throw new (await import('../../lib/errors.ts')).Fault('CHANNEL_UNREACHABLE', 'no answer')
        return undefined
      },
      async arrived(_, key) {
        channel.asked += 1
        return channel.sent.includes(key)
      },
    },
  }
})
afterAll(() => Promise.all(open.map((close) => close())))

const subject = () => `notices:${s.project}`
const told = async () => (await noticesOf(sql, s.project)).map(({ title }) => title)
const deliveries = () => sql`select key, state, tries from deliveries order by key`
const wake = async () => {
  await wakeNotices(sql, s.project)
  return s.stepOf(subject())
}
const workedOn = (severity: string, firstSeen = 'now()') =>
  sql.unsafe(`with i as (insert into issues (project, fingerprint, title, severity, severity_why, users, first_seen, last_seen)
    values (${s.project}, md5(random()::text), 'TypeError: secret words', '${severity}', 'Because.', 4, ${firstSeen}, now()) returning id)
    insert into work (subject, project, agent) select 'issue:' || id, ${s.project}, 'investigator' from i`)

test('an issue somebody works on is told once, in the words of its severity and none of the error’s', async () => {
  await start()
  await sql`delete from work`
  await workedOn('P1')
  await workedOn('P4')
  await workedOn('P2', `now() - interval '25 hours'`)
  expect(await wake()).toBe('done')
  expect(await wake()).toBe('done')
  expect(await told()).toEqual(['Issue 2 found: P1'])
  expect(JSON.stringify(await noticesOf(sql, s.project))).not.toContain('secret words')
})

test('a pause is told, each one once', async () => {
  await start()
  await sql`delete from work`
  const pause = () => desk.decide(desk.people.operator, 'pause', { project: 'shop', why: 'looks bad' })
  await pause()
  await s.stepOf(subject())
  await wake()
  expect(await told()).toEqual(['Shop is paused'])
  await db.admin`update nightshift.projects set paused_at = null, paused_by = null, paused_why = null`
  await pause()
  await s.stepOf(subject())
  expect(await told()).toHaveLength(2)
  expect((await noticesOf(sql, s.project))[0]?.body).toContain('By Ada the operator: looks bad.')
})

test('without a channel nothing is delivered, and nothing is left to do', async () => {
  await start()
  for (let n = 0; n < 8; n++) await s.step()
  expect(await told()).toEqual(['Issue 1 waits for your approval'])
  expect(await deliveries()).toEqual([])
  expect(await sql`select 1 from work where subject like 'notices:%'`).toEqual([])
})

test('a delivery is an effect: allowed, called, read back, and in the audit', async () => {
  await start(() => [channel])
  for (let n = 0; n < 8; n++) await s.step()
  await s.stepOf(subject())
  expect(channel).toMatchObject({ sent: ['issue:1:asks:staging:1:1'], asked: 1 })
  const [effect] = await sql`select kind, class, target, aim, state from effects where target = 'email'`
  expect(effect).toEqual({ kind: 'tell', class: 'tell', target: 'email', aim: channel.sent[0], state: 'confirmed' })
  expect(await deliveries()).toMatchObject([{ state: 'delivered' }])
})

test('a no is tried again, more than three times; a release never waits for it', async () => {
  await start(() => [channel])
  channel.how = ['no', 'no', 'no', 'no', 'no', 'well']
  for (let n = 0; n < 8; n++) await s.step()
  for (let n = 0; n < 6; n++) {
    await db.admin`update nightshift.deliveries set due_at = now()`
    await s.stepOf(subject())
  }
  expect(channel.sent).toEqual(['issue:1:asks:staging:1:1'])
  expect(await deliveries()).toMatchObject([{ state: 'delivered', tries: 5 }])
})

test('a call whose end nobody knows is asked about, not made again', async () => {
  await start(() => [channel])
  channel.how = ['unknown']
  for (let n = 0; n < 8; n++) await s.step()
  await s.stepOf(subject())
  // Waiting for its deadline is no try: what comes after it is not put off by that.
  for (let n = 0; n < 6; n++) {
    await db.admin`update nightshift.deliveries set due_at = now()`
    await s.stepOf(subject())
  }
  expect(channel).toMatchObject({ sent: ['issue:1:asks:staging:1:1'], asked: 0 })
  expect(await deliveries()).toMatchObject([{ state: 'waiting', tries: 1 }])
  for (let n = 0; n < 3; n++) {
    await db.admin`update nightshift.deliveries set due_at = now()`
    await db.admin`update nightshift.effects set deadline = now() where state = 'sending'`
    await s.stepOf(subject())
  }
  expect(channel.sent).toHaveLength(1)
  expect(await deliveries()).toMatchObject([{ state: 'delivered' }])
})

test('those of one issue go out in their order: one that waits holds what comes after it', async () => {
  await start(() => [channel])
  channel.how = ['no']
  for (let n = 0; n < 8; n++) await s.step()
  await s.stepOf(subject())
  await desk.decide(desk.people.operator, 'reject', { fix: FIX, why: 'no' })
  await s.until('rolled-back')
  await s.step()
  await sql`update deliveries set due_at = now() + interval '1 h'`
  await wake()
  expect(channel.sent).toEqual([])
  await sql`update deliveries set due_at = now()`
  for (let n = 0; n < 4; n++) await wake()
  // What nobody is asked any more is left out.
  expect(channel.sent).toEqual(['release:1:rolled-back', 'issue:1:asks:staging:1:1:answered'])
})

test('what is older than a day is history', async () => {
  await start(() => [channel])
  await workedOn('P1')
  await wake()
  expect(channel.sent).toEqual(['issue:1:found'])
  await db.admin`update nightshift.notices set at = now() - interval '25 hours'`
  await wake()
  expect(channel.sent).toEqual(['issue:1:found'])
})

test('each channel has its own delivery: one that is down keeps no other waiting', async () => {
  const down: Channel = {
    name: 'slack',
    notify: { send: async () => ({ refused: 'down' }), arrived: async () => false },
  }
  await start(() => [down, channel])
  for (let n = 0; n < 8; n++) await s.step()
  await s.stepOf(subject())
  expect(await sql`select channel, state from deliveries order by channel`).toEqual([
    { channel: 'email', state: 'delivered' },
    { channel: 'slack', state: 'waiting' },
  ])
})
