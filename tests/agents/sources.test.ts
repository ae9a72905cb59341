import type { Sql } from 'postgres'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { watch } from '../../agents/watcher/watcher.ts'
import { inWords } from '../../cli/commands/status.ts'
import { receive } from '../../lib/actions/receive.ts'
import { moveSource } from '../../lib/store/sources.ts'
import { claimWork, finishWork } from '../../lib/store/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { type Asked, asked, fault, HOUR, MINUTE, SLUG } from '../sources/sentry.ts'
import { sourced } from './sourced.ts'
import { SHA, type SmallWorld, smallWorld } from './world.ts'

let db: FreshDatabase
let sql: Sql
let w: SmallWorld
let s: ReturnType<typeof sourced>
let a: Asked
const open: FreshDatabase[] = []

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  sql = db.sql
  w = await smallWorld(sql)
  s = sourced(sql, w)
  a = await asked()
  w.sources = [a.source]
})
afterEach(() => a.sentry.close())
afterAll(() => Promise.all(open.map((one) => one.drop())))

const happens = (name?: string, ago = 0, more: object = {}) =>
  a.sentry.store.take(SLUG, fault(name, { release: SHA, user: { id: 'u-1' }, ...more }), {
    received: a.sentry.store.now() - ago,
  })
const kept = async () => (await sql<{ n: number }[]>`select count(*)::int as n from events`)[0]!.n

/** By the DSN, as an SDK sends it. */
async function sends(event: Record<string, unknown>) {
  const [row] = await sql<{ ingestNo: number; key: string }[]>`select ingest_no, ingest_key as key from projects`
  const body = Buffer.from(
    `${JSON.stringify({ event_id: event.event_id })}\n{"type":"event"}\n${JSON.stringify(event)}\n`,
  )
  const d = { ingestNo: row!.ingestNo, query: row!.key, headers: [], encoding: null, body }
  expect((await receive(w.reader, 100_000, d)).status).toBe(200)
}

test('a fault reported to Sentry becomes an issue that the investigator is given', async () => {
  for (const id of ['u-1', 'u-2', 'u-2']) happens('launch', MINUTE, { user: { id } })
  expect(await s.look()).toEqual({ agent: 'watcher', inMs: 0 })
  expect(await s.look()).toEqual({ agent: 'watcher', inMs: 5000 })
  expect(await s.issues()).toMatchObject([
    { title: expect.stringMatching(/^TypeError: /), route: 'POST /api/campaigns/launch', seen: 3, users: 2, sha: SHA },
  ])
  expect(await sql`select 1 from work where agent = 'investigator'`).toHaveLength(1)
  expect(w.rings).toContain('investigator')
})

test('one fault through the DSN and through Sentry is one issue; one event id counts once, whichever came first', async () => {
  const [first, second, third] = [1, 2, 3].map(() => fault('launch', { release: SHA, user: { id: 'u-1' } }))
  await sends(first!)
  await s.look()
  for (const event of [first!, second!]) a.sentry.store.take(SLUG, event)
  await s.looks(2)
  await sends(second!)
  await sends(third!)
  await s.looks(2)
  expect(await s.issues()).toMatchObject([{ seen: 3, users: 1 }])
  expect(await s.counted()).toBe(3)
})

test('what Sentry calls it is known, whoever told of it first', async () => {
  const [first, second] = [1, 2].map((n) => fault(`f${n}`, { release: SHA }))
  await sends(first!)
  await s.look()
  const ids = [first!, second!].map((event) => a.sentry.store.take(SLUG, event).id)
  await s.looks(2)
  const linked = await sql<{ there: string; title: string }[]>`
    select s.external_id as there, s.fingerprint from source_issues s join issues i using (project, fingerprint) order by 1`
  expect(linked.map(({ there }) => there)).toEqual(ids)
})

test('what comes from Sentry is redacted before it is stored', async () => {
  const canaries = ['hunter2-canary', 'ada@canary.example', 'ghp_canary0123456789012345678901234567', '203.0.113.9']
  happens('launch', 0, {
    user: { id: '17', email: canaries[1], ip_address: canaries[3] },
    request: {
      url: `http://x.test/a?token=${canaries[0]}`,
      headers: { Authorization: `Bearer ${canaries[2]}`, Cookie: `sid=${canaries[0]}` },
      cookies: { sid: canaries[0] },
      data: JSON.stringify({ password: canaries[0] }),
    },
    tags: { note: canaries[1] },
    extra: { secret: canaries[0] },
    breadcrumbs: [{ message: `password=${canaries[0]}` }],
  })
  await s.look()
  const [row] = await sql<{ all: string }[]>`
    select (select string_agg(body::text, ' ') from events) || (select string_agg(source_cursors::text, ' ') from source_cursors) as all`
  expect(row!.all).toContain('launch')
  for (const canary of [...canaries, 'id:17']) expect(row!.all).not.toContain(canary)
  expect(row!.all).toMatch(/"user": \{"id": "user:[0-9a-f]{16}"\}/)
})

test('a gap of hours is filled up, and each event counts for the hour it came in', async () => {
  await s.look()
  a.sentry.store.ahead = 0
  for (let hour = 1; hour <= 6; hour++) for (let i = 0; i < 5; i++) happens(`f${i}`, hour * HOUR)
  // As if nobody had asked for seven hours.
  const since = Date.now() - 7 * HOUR
  await sql`update source_cursors set cursor = jsonb_set(jsonb_set(cursor::jsonb, '{since}', ${String(since)}::jsonb), '{from}', ${String(since)}::jsonb)::text`
  a.sentry.pageSize = 2
  await s.looks(8)
  expect((await s.issues()).map(({ seen }) => seen)).toEqual([6, 6, 6, 6, 6])
  expect(await s.counted()).toBe(30)
  const [row] = await sql<{ n: number }[]>`select count(distinct date_trunc('hour', minute))::int as n from counts`
  expect(row!.n).toBeGreaterThanOrEqual(6)
  expect((await s.reading()).lagMs).toBeGreaterThan(5 * HOUR)
})

test('of a flood a hundred an hour are kept, all are counted, and being told again counts nothing twice', async () => {
  for (let i = 0; i < 130; i++) happens('launch', i * 20_000)
  for (let i = 0; i < 110; i++) happens('launch', 5 * HOUR + i * 1000)
  await s.looks(4)
  expect([await s.counted(), await kept()]).toEqual([240, 200])
  await sql`update source_cursors set cursor = null`
  await s.looks(3)
  expect([await s.counted(), await kept()]).toEqual([240, 200])
  await sends({ ...a.sentry.store.issues[0]!.events[0]!.body })
  await s.looks(2)
  expect(await s.counted()).toBe(240)
})

test('a worker killed between being told and writing it down leaves the cursor: the next one is told the same', async () => {
  happens()
  const poll = a.source.poll
  a.source.poll = async (cursor) => {
    await poll(cursor)
    throw new Error('killed')
  }
  await expect(s.look()).rejects.toThrow('killed')
  expect([await kept(), (await s.reading()).cursor]).toEqual([0, null])
  a.source.poll = poll
  const from = (await s.reading()).cursor
  await s.look()
  // A second worker that was asked from the same cursor, and is late.
  const late = { kind: 'sentry' as const, cursor: 'x', readUntil: null, lagMs: null, more: false, fails: 0, inMs: 0 }
  expect(await moveSource(sql, w.project, from, { ...late, state: 'ok', why: null })).toBe(false)
  await sql`update source_cursors set cursor = ${from}`
  await s.looks(2)
  expect([await s.counted(), (await s.issues())[0]!.seen]).toEqual([1, 1])
})

test('429, 5xx and time-outs in the middle lose nothing', async () => {
  a.sentry.pageSize = 2
  for (let i = 0; i < 6; i++) for (let n = 0; n < 4; n++) happens(`f${i}`, i * HOUR + n * MINUTE)
  let n = 0
  const whats = [
    { kind: 'before', status: 503 },
    { kind: 'after', status: 500 },
    { kind: 'limit', seconds: 1 },
    { kind: 'slow', ms: 2500 },
    { kind: 'cut' },
    { kind: 'lost' },
  ] as const
  a.sentry.meanwhile = () => {
    n += 1
    if (n % 4 === 2) a.sentry.faults.push({ on: /GET/, times: 1, what: whats[(n >> 2) % whats.length]! })
  }
  const states = new Set<string>()
  for (let i = 0; i < 60; i++) {
    await s.look()
    states.add((await s.reading()).state)
    if ((await s.reading()).readUntil) break
  }
  await s.look()
  expect(await s.counted()).toBe(24)
  expect((await s.issues()).map(({ seen }) => seen)).toEqual([4, 4, 4, 4, 4, 4])
  expect([...states]).toEqual(expect.arrayContaining(['unreachable', 'limited']))
})

test('a token that expired is a named state that status shows; the rest of the watcher goes on', async () => {
  happens('before')
  await s.looks(2)
  const before = await s.reading()
  a.sentry.tokens = {}
  happens('after')
  await w.event()
  await s.looks(3)
  const now = await s.reading()
  expect(now).toMatchObject({ state: 'unauthorized', fails: 3, cursor: before.cursor, readUntil: before.readUntil })
  expect(now.dueAt.getTime() - now.polledAt!.getTime()).toBe(120_000)
  expect(await s.counted()).toBe(2)
  const status = await s.status()
  expect(status.sources).toMatchObject([
    { kind: 'sentry', state: 'unauthorized', readUntil: before.readUntil!.toISOString() },
  ])
  expect(inWords(status).join('\n')).toMatch(
    /sentry: unauthorized: Sentry does not know the token.*read until.*asked again/,
  )
  a.sentry.tokens = { 'reader-token-of-acme': ['event:read'] }
  await s.looks(2)
  expect(await s.reading()).toMatchObject({ state: 'ok', fails: 0, why: null })
  expect(await s.counted()).toBe(3)
})

test('status says how far it has read, and how far behind it is', async () => {
  happens('launch', 2000)
  await s.look()
  const status = await s.status()
  expect(status.sources[0]!.lagMs).toBeGreaterThanOrEqual(2000)
  expect(inWords(status).join('\n')).toMatch(/ {2}sentry: read until \d{4}-.*Z, \d+\.\d s behind$/m)
})

test('a source that is not due is not asked, nor is a gap filled up while there is much to read here', async () => {
  happens()
  await s.look()
  const calls = a.sentry.log.length
  await sql`update work set due_at = now(), lease_until = null where subject like 'project:%'`
  const lease = (await claimWork(sql, 'watcher', 60))!
  await finishWork(sql, lease, await watch(w.reader, lease))
  expect(a.sentry.log.length).toBe(calls)
  for (let i = 0; i < 501; i++) await w.event()
  await sql`update source_cursors set more = true`
  await s.look()
  expect(a.sentry.log.length).toBe(calls)
  await s.look()
  expect(a.sentry.log.length).toBeGreaterThan(calls)
})

test('Sentry’s poison is put aside, and what comes with it is read', async () => {
  happens('launch', 0, { exception: { values: [{ type: null }] }, message: '' })
  happens()
  await s.looks(2)
  expect((await s.issues()).map(({ seen }) => seen)).toEqual([1])
  expect(await sql`select 1 from events where parsed_at is null`).toHaveLength(0)
  expect(await sql`select 1 from events where quarantined is not null`).toHaveLength(1)
})

test('the id of an event that was not kept is kept as long as events are, and only where a source may tell it again', async () => {
  for (let i = 0; i < 120; i++) await w.event()
  await s.look()
  const dropped = async () => (await sql<{ n: number }[]>`select count(*)::int as n from dropped_events`)[0]!.n
  expect([await kept(), await dropped()]).toEqual([100, 0])
  for (let i = 0; i < 20; i++) await w.event()
  await s.look()
  expect([await kept(), await dropped()]).toEqual([100, 20])
  await db.admin`update nightshift.dropped_events set at = now() - interval '15 days'`
  await s.look()
  expect(await dropped()).toBe(0)
})

test('an error of this installation’s own comes back from Sentry and is passed over', async () => {
  const tags = { 'nightshift.self': 'mark-of-this-one' }
  w.reader.ownMark = 'mark-of-this-one'
  happens('launch', MINUTE, { tags })
  await s.looks(2)
  expect([await kept(), await s.issues()]).toEqual([0, []])
  w.reader.ownMark = 'mark of another'
  happens('launch', MINUTE, { tags })
  await s.looks(2)
  expect(await s.issues()).toHaveLength(1)
})
