import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Trouble } from '../../emulators/trouble.ts'
import { supabaseSource } from '../../lib/adapters/source.supabase.ts'
import { supabaseFindings } from '../../lib/adapters/supabase/examine.ts'
import { HOUR, idsOf, MINUTE } from '../sources/sentry.ts'
import { type AskedSupabase, askedSupabase, heldBy, READS } from '../sources/supabase.ts'

let a: AskedSupabase
beforeEach(async () => {
  a = await askedSupabase()
})
afterEach(() => a.supabase.close())

const project = () => a.supabase.project
const fails = (what: Trouble, times = 1, on = /logs/) => a.supabase.faults.push({ on, times, what })
/** An error that it tells of with a 200. */
const errs = (message: string, times = 1) => fails({ kind: 'says', json: { result: null, error: { message } } }, times)
const logCalls = () => a.supabase.log.filter(({ path }) => path.endsWith('/logs'))

test('errors of the database, of the gateway, of functions and of sign-in are told; the rest is not', async () => {
  const { log } = project()
  const told = [
    project().fails('relation "ordrs" does not exist'),
    project().answers('POST', '/rest/v1/orders', 503),
    project().answers('POST', '/functions/v1/pay', 500, 0, 'function_edge_logs'),
    log.call(project(), 'function_logs', 'Error: boom', { level: 'error', event_type: 'Log' }),
    log.call(project(), 'auth_logs', 'x', { level: 'error', status: '500', path: '/token', msg: 'database is gone' }),
  ]
  project().answers('GET', '/rest/v1/orders', 200)
  project().answers('GET', '/rest/v1/orders', 404)
  log.call(project(), 'postgres_logs', 'checkpoint starting', { 'parsed.error_severity': 'LOG' })
  log.call(project(), 'auth_logs', 'signed in', { level: 'info', status: '200' })
  log.call(project(), 'realtime_logs', 'hello')
  const { events, trouble, more, readUntil } = await a.poll()
  expect({ trouble, more }).toEqual({ trouble: null, more: false })
  expect(idsOf(events)).toEqual(told.map(({ id }) => id.replaceAll('-', '')).sort())
  expect(Math.abs(Date.now() - 90_000 - readUntil!.getTime())).toBeLessThan(3000)
  expect(events.every(({ issue, at }) => issue === null && Math.abs(at.getTime() - Date.now()) < 5000)).toBe(true)
})

test('it asks as the API is to be asked: whole minutes, a day at most, one page, reads alone', async () => {
  project().fails('one', '42P01', {}, 22 * HOUR)
  await a.drain()
  for (const { query } of logCalls()) {
    const [start, end] = ['start', 'end'].map((name) => Date.parse(query.get(`iso_timestamp_${name}`)!))
    expect([start! % MINUTE, end! % MINUTE]).toEqual([0, 0])
    expect(end! - start!).toBeLessThanOrEqual(24 * HOUR)
    expect(query.get('sql')).toMatch(/ from logs where .* order by timestamp desc limit 100$/)
  }
  expect(a.supabase.changes).toEqual([])
})

test('then nothing but what is new and what lies close before; the same cursor twice tells the same twice', async () => {
  project().fails('old', '42P01', {}, HOUR)
  expect(await a.drain()).toHaveLength(1)
  const fresh = project().fails('new')
  const again = await a.source.poll(a.cursor)
  expect(idsOf(again.events)).toEqual([fresh.id.replaceAll('-', '')])
  expect(idsOf((await a.source.poll(a.cursor)).events)).toEqual(idsOf(again.events))
  for (const cursor of ['', 'x', '{}', '{"from":"now"}']) expect((await a.source.poll(cursor)).trouble).toBeNull()
})

test('the first look goes most of a day back; a gap is filled up, day after day, as far as a week', async () => {
  project().fails('too old', '42P01', {}, 25 * HOUR)
  for (let i = 1; i <= 20; i++) project().fails(`n${i}`, '42P01', {}, i * HOUR)
  expect(await a.drain()).toHaveLength(20)
  project().ahead += 8 * 24 * HOUR
  for (let i = 0; i < 8; i++) project().fails(`gap ${i}`, '42P01', {}, i * 24 * HOUR + HOUR)
  const before = logCalls().length
  const told = (await a.drain()).map(({ body }) => JSON.stringify(body))
  for (let i = 0; i < 7; i++) expect(told.join()).toContain(`gap ${i}`)
  expect(logCalls().length - before).toBeLessThan(20)
})

test('more than a page is read by narrowing, newest first, and nothing is left out or told by a cut', async () => {
  for (let i = 0; i < 950; i++) project().fails(`n${i}`, '42P01', {}, i * 20)
  expect(idsOf(await a.drain())).toEqual(heldBy(a.supabase))
})

test('of a flood a thousand a poll are read; the next goes on below', async () => {
  for (let i = 0; i < 2500; i++) project().fails(`n${i}`, '42P01', {}, i * 10)
  const first = await a.poll()
  expect(first).toMatchObject({ more: true, readUntil: null, trouble: null })
  expect(first.events.length).toBeGreaterThanOrEqual(1000)
  const newest = project().rows[0]!.id.replaceAll('-', '')
  expect(idsOf(first.events)).toContain(newest)
  expect(idsOf([...first.events, ...(await a.drain())])).toEqual(heldBy(a.supabase))
})

test('a flood within one microsecond ends, and what lies before it is read', async () => {
  const { micros } = project().fails('the moment')
  for (let i = 0; i < 300; i++) project().fails(`n${i}`).micros = micros
  const before = project().fails('before', '42P01', {}, MINUTE).id.replaceAll('-', '')
  expect(idsOf(await a.drain(10))).toContain(before)
})

test('what comes late, what comes in another order and what a part of the service hides for a while is not lost', async () => {
  for (let i = 0; i < 150; i++) project().fails(`n${i}`, '42P01', {}, i * 1000)
  fails({ kind: 'stale', ms: MINUTE })
  project().isReversed = true
  const now = project().now()
  project().hidden = { from: now - 60_000, to: now - 30_000 }
  const told = await a.drain(3)
  project().hidden = null
  expect(idsOf([...told, ...(await a.drain(3))])).toEqual(heldBy(a.supabase))
})

test('a column of another name is found out, and remembered', async () => {
  project().column = 'source_name'
  project().fails('x')
  expect(await a.drain()).toHaveLength(1)
  const calls = logCalls().length
  await a.drain()
  expect(logCalls().length).toBe(calls + 1)
  project().column = 'source'
  expect(await a.drain()).toHaveLength(1)
})

test('a clock of ours that is wrong loses nothing: Supabase’s own is gone by', async () => {
  for (const ahead of [-2 * HOUR, 2 * HOUR, 0]) {
    project().ahead = ahead
    await a.drain()
    project().fails('x')
    expect((await a.drain()).length).toBeGreaterThan(0)
  }
})

test.each<[string, () => void, object]>([
  ['an expired token', () => delete a.supabase.tokens[READS], { state: 'unauthorized' }],
  ['a token without the permission', () => (a.supabase.tokens[READS] = ['advisors_read']), { state: 'forbidden' }],
  ['an outage', () => fails({ kind: 'before', status: 503 }), { state: 'unreachable' }],
  ['work whose answer failed', () => fails({ kind: 'after', status: 500 }), { state: 'unreachable' }],
  ['an answer that breaks off', () => fails({ kind: 'cut' }), { state: 'unreachable' }],
  ['no answer', () => fails({ kind: 'lost' }), { state: 'unreachable' }],
  ['an answer that takes too long', () => fails({ kind: 'slow', ms: 3000 }), { state: 'unreachable' }],
  ['another shape', () => fails({ kind: 'says', body: '{"result":{"a":1}}' }), { state: 'unreachable' }],
  ['a page instead of JSON', () => fails({ kind: 'says', body: '<html>' }), { state: 'unreachable' }],
  [
    'an error told with a 200',
    () => errs('Memory limit exceeded'),
    { state: 'unreachable', why: expect.stringContaining('Memory limit exceeded') },
  ],
  ['both columns unknown', () => errs('Unknown identifier source, source_name', 2), { state: 'unreachable' }],
  [
    'a redirect',
    () => fails({ kind: 'redirects', to: 'http://127.0.0.1:9/' }),
    { state: 'unreachable', why: expect.stringContaining('redirect') },
  ],
  ['a limit', () => fails({ kind: 'limit', seconds: 7 }), { state: 'limited', again: expect.any(Date) }],
])('%s is a named state, and the place stays', async (_, breaks, trouble) => {
  project().fails('x')
  const first = await a.drain()
  const before = a.cursor
  breaks()
  const poll = await a.source.poll(before)
  expect(poll).toMatchObject({ trouble, cursor: before, readUntil: null, more: false })
  expect(poll.trouble!.why).not.toContain(READS)
  a.supabase.tokens[READS] = ['analytics_logs_read', 'advisors_read']
  a.supabase.faults = []
  expect(idsOf(await a.drain())).toEqual(idsOf(first))
})

test('a limit is waited for as long as it says; the last call of a window ends the poll', async () => {
  fails({ kind: 'limit', seconds: 7 }, 1)
  const { trouble } = await a.poll()
  expect(Math.abs(trouble!.again!.getTime() - Date.now() - 7000)).toBeLessThan(1500)
  a.supabase.limit = a.supabase.log.length + 1
  const last = await a.poll()
  expect(last.trouble).toMatchObject({ state: 'limited', again: expect.any(Date) })
})

test('another project’s token reads nothing', async () => {
  const other = supabaseSource({ url: a.supabase.url, token: READS }, 'zzzzzzzzzzzzzzzzzzzz')
  expect((await other.poll(null)).trouble).toMatchObject({ state: 'missing' })
})

test.each<[string, string[] | 'all', RegExp]>([
  ['a personal access token', 'all', /may run SQL in the database, apply migrations, make keys, change the project/],
  ['one that may write data', ['analytics_logs_read', 'database_write'], /may run SQL in the database:/],
  ['one that may read data', ['analytics_logs_read', 'database_read'], /may run SQL in the database:/],
  ['one that may migrate', ['analytics_logs_read', 'database_migrations_write'], /may apply migrations:/],
  ['one that may make keys', ['analytics_logs_read', 'api_gateway_keys_write'], /may make keys:/],
  ['one that may change the project', ['analytics_logs_read', 'project_admin_write'], /may change the project:/],
])('%s is not used, and trying it changes nothing', async (_, may, said) => {
  a.supabase.tokens[READS] = may
  project().fails('x')
  const poll = await a.poll()
  expect(poll).toMatchObject({
    events: [],
    cursor: null,
    trouble: { state: 'writable', why: expect.stringMatching(said) },
  })
  expect(logCalls()).toHaveLength(0)
  expect(a.supabase.changes).toEqual([])
})

test('whether it can write is asked once an hour, and of another token at once; what cannot be told is not believed', async () => {
  await a.poll()
  const tried = () => a.supabase.log.filter(({ method }) => method !== 'GET').length
  expect(tried()).toBe(4)
  await a.poll()
  expect(tried()).toBe(4)
  a.supabase.tokens.another_token_that_reads = ['analytics_logs_read']
  await supabaseSource({ url: a.supabase.url, token: 'another_token_that_reads' }, project().ref).poll(a.cursor)
  expect(tried()).toBe(8)
  for (const status of [500, 429, 200, 422]) {
    a.supabase.faults = [{ on: /^POST/, times: 1, what: { kind: 'before', status } }]
    expect((await a.source.poll(null)).events).toEqual([])
  }
})

test('advisors are asked once an hour; all of them are told, each once, or nothing is', async () => {
  project().advises('security', 'rls_disabled_in_public', 'orders')
  project().advises('performance', 'unindexed_foreign_keys', 'orders')
  const { findings } = await a.poll()
  expect(findings).toMatchObject([
    { key: expect.stringMatching(/^[0-9a-f]{24}$/), title: 'rls disabled in public: public.orders' },
    { why: expect.stringMatching(/^Supabase’s performance advisor: Table/) },
  ])
  expect((await a.poll()).findings ?? null).toBeNull()
  fails({ kind: 'before', status: 500 }, 1, /advisors\/performance/)
  const half = await a.source.poll(null)
  expect(half).toMatchObject({ findings: null, trouble: null })
  a.supabase.tokens[READS] = ['analytics_logs_read']
  expect(await a.source.poll(null)).toMatchObject({ findings: null, trouble: null })
})

test('doctor says of token, logs and advisors each what is missing, and changes nothing', async () => {
  const look = async () => {
    const found = await supabaseFindings({ url: a.supabase.url, token: READS }, project().ref)
    return found.map(({ state, name, detail }) => `${state} ${name}: ${detail}`)
  }
  expect((await look()).map((line) => line.split(':')[0])).toEqual([
    'ok supabase token',
    'ok supabase logs',
    'ok supabase advisors',
  ])
  a.supabase.tokens[READS] = ['database_write']
  expect(await look()).toEqual([
    expect.stringMatching(/^fails supabase token: the token may run SQL in the database/),
    expect.stringMatching(/^fails supabase logs: .*analytics_logs_read/),
    expect.stringMatching(/^note supabase advisors: .*advisors_read/),
  ])
  expect(a.supabase.changes).toEqual([])
})
