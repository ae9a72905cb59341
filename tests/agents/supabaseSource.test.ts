import type { Sql } from 'postgres'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { inWords } from '../../cli/commands/status.ts'
import { newestDiagnosis } from '../../lib/store/diagnoses.ts'
import { belongingTo } from '../../lib/store/events.ts'
import { closeIssue } from '../../lib/store/issues.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { type AskedSupabase, askedSupabase, READS } from '../sources/supabase.ts'
import { sourced } from './sourced.ts'
import { SHA, type SmallWorld, smallWorld } from './world.ts'

let db: FreshDatabase
let sql: Sql
let w: SmallWorld
let s: ReturnType<typeof sourced>
let a: AskedSupabase
const open: FreshDatabase[] = []

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  sql = db.sql
  w = await smallWorld(sql)
  s = sourced(sql, w)
  a = await askedSupabase()
  w.sources = [a.source]
})
afterEach(() => a.supabase.close())
afterAll(() => Promise.all(open.map((one) => one.drop())))

const project = () => a.supabase.project

test('what Supabase logged becomes issues, each by how grave it is, and the investigator is given what is to be repaired', async () => {
  for (let i = 0; i < 3; i++) project().answers('POST', `/rest/v1/orders/${i}`, 503, i * 1000)
  project().fails('relation "ordrs" does not exist')
  project().fails('duplicate key value violates unique constraint "orders_pkey"', '23505')
  await s.looks(2)
  const found = Object.fromEntries(
    (await s.issues()).map(({ title, severity, seen, route }) => [title.split(':')[0], { severity, seen, route }]),
  )
  expect(found).toEqual({
    ApiGatewayError: { severity: 'P2', seen: 3, route: 'POST /rest/v1/orders/:id' },
    'PostgresError 42P01': { severity: 'P3', seen: 1, route: null },
    'PostgresError 23505': { severity: 'P4', seen: 1, route: null },
  })
  expect(await sql`select 1 from work where agent = 'investigator'`).toHaveLength(2)
  await s.looks(3)
  expect(await s.counted()).toBe(5)
})

test('a function’s stack is the repository’s: what an SDK says of the same crash, without the line’s text, is the same issue', async () => {
  w.files['supabase/functions/pay/index.ts'] = 'a\nb\nthrow order.id\n'
  const printed =
    "TypeError: Cannot read properties of undefined (reading 'id')\n    at pay (file:///home/deno/functions/pay/index.ts:3:7)"
  project().log('function_logs', printed, { level: 'error', event_type: 'UncaughtException' })
  await s.looks(2)
  const frame = { filename: 'supabase/functions/pay/index.ts', function: 'pay', lineno: 3, colno: 7, in_app: true }
  const value = { type: 'TypeError', value: "Cannot read properties of undefined (reading 'id')" }
  await w.event({ release: SHA, exception: { values: [{ ...value, stacktrace: { frames: [frame] } }] } })
  await s.looks()
  expect(await s.issues()).toMatchObject([{ seen: 2 }])
})

test('what both say of one request is one issue by its trace, and counts once', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  await w.event({ contexts: { trace: { trace_id: trace } } })
  await s.looks()
  const query = `select 1 /*traceparent='00-${trace}-00f067aa0ba902b7-01'*/`
  project().fails('relation "ordrs" does not exist', '42P01', { 'parsed.query': query })
  project().fails('another', '42P01', { trace_id: 'f'.repeat(32) })
  await s.looks(2)
  const found = await s.issues()
  expect(found.map(({ title, seen }) => [title.split(':')[0], seen]).sort()).toEqual([
    ['PostgresError 42P01', 1],
    ['TypeError', 1],
  ])
  const own = found.find(({ title }) => title.startsWith('TypeError'))!
  expect(await belongingTo(sql, w.project, own.fingerprint, 5)).toMatchObject([{ source: 'supabase' }])
  expect(await s.counted()).toBe(2)
})

test('one line told twice is one event, and a project of Sentry’s with the same id is another’s', async () => {
  const { id } = project().fails('x')
  await s.looks(4)
  expect(await sql`select source, external_id from events`).toEqual([
    { source: 'supabase', externalId: id.replaceAll('-', '') },
  ])
  expect(await s.counted()).toBe(1)
})

test('what comes from Supabase is redacted before it is stored', async () => {
  const canaries = ['hunter2-canary', 'ada@canary.example', 'ghp_canary0123456789012345678901234567']
  project().fails(`login of ${canaries[1]} with password=${canaries[0]}`, '28P01', {
    'parsed.query': `insert into a values ('${canaries[1]}', '${canaries[2]}')`,
    'parsed.detail': `Key (email)=(${canaries[1]}) exists.`,
    'parsed.hint': `try ${canaries[2]}`,
  })
  project().answers('GET', `/rest/v1/people?token=${canaries[0]}`, 500)
  await s.looks()
  const [row] = await sql<{ all: string }[]>`
    select (select string_agg(body::text, ' ') from events) || (select string_agg(source_cursors::text, ' ') from source_cursors) as all`
  expect(row!.all).toContain('PostgresError 28P01')
  for (const canary of [...canaries, READS]) expect(row!.all).not.toContain(canary)
})

test('a token that can write is refused in words that status shows, and the rest of the watcher goes on', async () => {
  a.supabase.tokens[READS] = 'all'
  project().fails('x')
  await w.event()
  await s.looks(2)
  expect(await s.reading()).toMatchObject({ state: 'writable', fails: 2, cursor: null, readUntil: null })
  expect(await s.issues()).toHaveLength(1)
  expect(inWords(await s.status()).join('\n')).toMatch(
    /supabase: writable: the token may run SQL in the database.*asked again/,
  )
  a.supabase.tokens[READS] = ['analytics_logs_read', 'advisors_read']
  await s.looks(2)
  expect(await s.reading()).toMatchObject({ state: 'ok', fails: 0, why: null })
  expect(await s.issues()).toHaveLength(2)
  expect(a.supabase.changes).toEqual([])
})

test('status says how far it has read, and how far behind it is', async () => {
  project().fails('x', '42P01', {}, 2000)
  await s.looks()
  expect((await s.status()).sources[0]!.lagMs).toBeGreaterThanOrEqual(2000)
  expect(inWords(await s.status()).join('\n')).toMatch(/ {2}supabase: read until \d{4}-.*Z, \d+\.\d s behind$/m)
})

/** As if an hour had passed. */
const anHourLater = async () => {
  const [row] = await sql<{ cursor: string }[]>`select cursor from source_cursors where kind = 'supabase'`
  await sql`update source_cursors set cursor = ${JSON.stringify({ ...JSON.parse(row!.cursor), advised: null })}`
}

test('what an advisor finds is a finding once, for the weekly review; gone when it has gone, and again when it is back', async () => {
  const lint = project().advises('security', 'rls_disabled_in_public', 'orders')
  project().advises('performance', 'unindexed_foreign_keys', 'orders')
  await s.looks()
  for (let i = 0; i < 2; i++) {
    await anHourLater()
    await s.looks()
  }
  const found = await s.issues()
  expect(found.map(({ severity, seen, state }) => [severity, seen, state])).toEqual([
    ['P4', 1, 'open'],
    ['P4', 1, 'open'],
  ])
  const rls = found.find(({ title }) => title.startsWith('rls disabled'))!
  expect(rls.title).toBe('rls disabled in public: public.orders')
  expect(await newestDiagnosis(sql, rls.id)).toMatchObject({
    remedy: 'needs-person',
    why: expect.stringContaining('security advisor'),
  })
  expect(await sql`select 1 from work where subject like 'issue:%'`).toHaveLength(0)

  project().lints.security.length = 0
  await anHourLater()
  await s.looks()
  expect((await s.issues()).map(({ state, title }) => [state, title.slice(0, 3)])).toEqual([
    ['open', 'uni'],
    ['closed', 'rls'],
  ])
  expect(await sql`select 1 from audit where what = 'issue.gone'`).toHaveLength(1)

  project().lints.security.push(lint)
  await anHourLater()
  await s.looks()
  expect((await s.issues()).filter(({ state }) => state === 'open')).toHaveLength(2)
})

test('a finding that a person put away stays away, and an advisor that does not answer takes nothing away', async () => {
  project().advises('security', 'rls_disabled_in_public', 'orders')
  await s.looks()
  a.supabase.faults = [{ on: /advisors/, times: 1, what: { kind: 'before', status: 500 } }]
  await anHourLater()
  await s.looks()
  expect(await s.issues()).toMatchObject([{ state: 'open' }])
  await closeIssue(sql, (await s.issues())[0]!.id, 'archived')
  await anHourLater()
  await s.looks()
  expect(await s.issues()).toMatchObject([{ state: 'closed' }])
})
