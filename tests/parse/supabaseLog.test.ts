import { expect, test } from 'vitest'
import { errorEventOf } from '../../lib/parse/sentryEvent.ts'
import { detailOf, shapeOf, traceInStatement } from '../../lib/parse/statement.ts'
import { eventOfLine } from '../../lib/parse/supabaseEvent.ts'
import { logLineOf, microsOf } from '../../lib/parse/supabaseLog.ts'

const AT = '2026-11-29 10:00:00.123456'
const MICROS = Date.parse('2026-11-29T10:00:00.123Z') * 1000 + 456

test.each<[unknown, number | null]>([
  [AT, MICROS],
  ['2026-11-29T10:00:00.123456Z', MICROS],
  ['2026-11-29T11:00:00.123456+01:00', MICROS],
  ['2026-11-29 10:00:00.123455001', MICROS],
  ['2026-11-29 10:00:00', Math.floor(MICROS / 1e6) * 1e6],
  [MICROS, MICROS],
  [String(MICROS), MICROS],
  [Math.floor(MICROS / 1000), Math.floor(MICROS / 1000) * 1000],
  [MICROS * 1000, MICROS],
  ['yesterday', null],
  ['1970-01-01 00:00:00', null],
  [null, null],
  [{}, null],
])('%j is a moment', (given, wanted) => expect(microsOf(given)).toBe(wanted))

test('a line is named by its id, or by what it says; without a moment it is none', () => {
  const row = { id: '7c9e6679-7425-40de-944b-e07fc1f90ae7', timestamp: AT, source: 'postgres_logs', event_message: 'x' }
  expect(logLineOf(row)).toMatchObject({ id: '7c9e6679742540de944be07fc1f90ae7', micros: MICROS, spelt: AT })
  const { id, ...bare } = row
  expect(logLineOf(bare)!.id).toMatch(/^[0-9a-f]{32}$/)
  expect(logLineOf(bare)).toEqual(logLineOf({ ...bare }))
  expect(logLineOf({ ...bare, event_message: 'y' })!.id).not.toBe(logLineOf(bare)!.id)
  expect(logLineOf({ ...row, timestamp: 'x' })).toBeNull()
  expect(logLineOf({ ...row, log_attributes: '{"level":"error","n":5,"deep":{}}' })!.attributes).toEqual({
    level: 'error',
    n: '5',
  })
  expect(logLineOf({ ...row, source: undefined, source_name: 'auth_logs' })!.source).toBe('auth_logs')
  for (const hostile of [{ log_attributes: '[1' }, { log_attributes: { __proto__: { x: 'y' } } }, { event_message: 7 }])
    expect(logLineOf({ ...row, ...hostile })).toMatchObject({ attributes: {} })
})

const read = (source: string, message: string, log_attributes: Record<string, string> = {}) => {
  const line = logLineOf({ id: 'a', timestamp: AT, source, event_message: message, log_attributes })!
  const { body } = eventOfLine(line, Date.now())
  const parsed = errorEventOf(body, new Date().toISOString(), line.id)
  if (!parsed.ok) throw new Error(parsed.why)
  return { event: parsed.event, body: body as Record<string, never> }
}

test('an error of the database is reported, not a failed request; what is grave is not handled; what refuses is a warning', () => {
  const pg = (severity: string, code: string) =>
    read('postgres_logs', 'it failed', { 'parsed.error_severity': severity, 'parsed.sql_state_code': code }).event
  expect(pg('ERROR', '42P01')).toMatchObject({
    ...{ level: 'error', environment: 'production', sha: null, route: null, request: null },
    failure: { type: 'PostgresError 42P01', message: 'it failed', handled: true, frames: [] },
  })
  expect(pg('FATAL', '53300')).toMatchObject({ level: 'fatal', failure: { handled: false } })
  expect(pg('PANIC', 'XX000')).toMatchObject({ level: 'fatal', failure: { handled: false } })
  for (const code of ['23505', '22P02', '28P01', '08006', '57P01', 'P0001'])
    expect(pg('FATAL', code)).toMatchObject({ level: 'warning', failure: { handled: true } })
  expect(pg('ERROR', "'; drop")).toMatchObject({ failure: { type: 'PostgresError' } })
})

test('two errors that differ in their values alone are one; two statements’ are two', () => {
  const of = (message: string, code = '23505') =>
    read('postgres_logs', message, { 'parsed.sql_state_code': code }).event.fingerprint
  const taken = (name: string) => `duplicate key value violates unique constraint "${name}"`
  expect(of('invalid input syntax for type uuid: "abc"', '22P02')).toBe(
    of('invalid input syntax for type uuid: "x"', '22P02'),
  )
  expect(of('relation 17 failed')).toBe(of('relation 18 failed'))
  expect(of(taken('orders_pkey'))).not.toBe(of(taken('orders_pkey'), '23503'))
})

test('what people typed is in no statement and no detail', () => {
  const { body } = read('postgres_logs', 'duplicate key value', {
    'parsed.query': "insert into a values ('ada@example.com', 4711, $$secret$$) -- hunter2\n/* note 'x' */",
    'parsed.detail': 'Key (email)=(ada@example.com) already exists.',
  })
  const text = JSON.stringify(body)
  for (const typed of ['ada@', '4711', 'secret', 'hunter2', 'note']) expect(text).not.toContain(typed)
  expect(text).toContain('insert into a values (?, ?, ?)')
  expect(text).toContain('Key (email)=(?) already exists.')
})

test.each([
  ["select * from a where b = 'it''s' and c in (1, 2.5)", 'select * from a where b = ? and c in (?, ?)'],
  ["select 'unterminated", 'select ?'],
  ["select E'it\\'s', 'the', 'secret'", 'select ?, ?, ?'],
  ["select \"it's\", 'secret'", 'select "it\'s", ?'],
  ['select $tag$a $b$ c$tag$, $1', 'select ?, $1'],
  ["select 'a -- b', 'c' -- d", 'select ?, ?'],
  ['select a1 /* 17', 'select a1'],
])('the shape of %j', (statement, shape) => expect(shapeOf(statement)).toBe(shape))

test('hostile statements take no time', () => {
  const began = performance.now()
  for (const text of [
    "'".repeat(100_000),
    '/*'.repeat(50_000),
    '$$'.repeat(50_000),
    '("'.repeat(50_000),
    '=('.repeat(50_000),
  ]) {
    shapeOf(text)
    detailOf(text)
    traceInStatement(text)
  }
  expect(performance.now() - began).toBeLessThan(1500)
})

test('a request answered with 5xx is a failed request of its route, without its query', () => {
  const of = (source: string, path: string, status = '503') =>
    read(source, `POST | ${status}`, { 'request.method': 'POST', 'request.path': path, 'response.status_code': status })
  const one = of('edge_logs', '/rest/v1/orders/17?email=eq.ada@example.com')
  expect(one.event).toMatchObject({
    ...{ route: 'POST /rest/v1/orders/:id', request: { method: 'POST', path: '/rest/v1/orders/17' } },
    failure: { type: 'ApiGatewayError', handled: false },
  })
  expect(JSON.stringify(one.body)).not.toContain('ada')
  expect(of('edge_logs', '/rest/v1/orders/18', '502').event.fingerprint).toBe(one.event.fingerprint)
  expect(of('edge_logs', '/rest/v1/bills').event.fingerprint).not.toBe(one.event.fingerprint)
  expect(of('function_edge_logs', '/functions/v1/pay').event).toMatchObject({ failure: { type: 'EdgeFunctionError' } })
})

test('what a function printed brings its stack, in the repository’s paths', () => {
  const printed = `TypeError: Cannot read properties of undefined (reading 'id')
    at pay (file:///home/deno/functions/pay/index.ts:10:11)
    at https://deno.land/std/http/server.ts:99:3`
  const { event } = read('function_logs', printed, { level: 'error', event_type: 'UncaughtException' })
  expect(event.failure).toMatchObject({
    ...{ type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')", handled: false },
    frames: [{ path: 'supabase/functions/pay/index.ts', line: 10, inApp: true }, { path: null }],
  })
  expect(read('function_logs', 'just words', { level: 'error' }).event.failure).toMatchObject({
    ...{ type: 'EdgeFunctionLog', message: 'just words', handled: true },
  })
})

test('sign-in that fails with 5xx is a failed request; one that reports is not', () => {
  const of = (more: Record<string, string>) => read('auth_logs', 'x', { level: 'error', path: '/token', ...more }).event
  expect(of({ status: '500', error: 'the database is gone' })).toMatchObject({
    ...{
      route: 'POST /auth/v1/token',
      failure: { type: 'AuthError', message: 'the database is gone', handled: false },
    },
  })
  expect(of({ msg: 'mail was refused' })).toMatchObject({ request: null, failure: { handled: true } })
})

test('a trace is known by its attribute, or by the comment in the statement', () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  const of = (attributes: Record<string, string>) => JSON.stringify(read('postgres_logs', 'x', attributes).body)
  expect(of({ trace_id: trace })).toContain(trace)
  expect(of({ 'request.headers.traceparent': `00-${trace}-00f067aa0ba902b7-01` })).toContain(trace)
  expect(of({ 'parsed.query': `select 1 /*traceparent='00-${trace}-00f067aa0ba902b7-01'*/` })).toContain(trace)
  expect(of({ trace_id: '0'.repeat(32) })).not.toContain('contexts')
  expect(of({ trace_id: 'x' })).not.toContain('contexts')
})

test('a source nobody knows is a message, and nothing of a line makes it throw', () => {
  expect(read('supavisor_logs', 'pool is full').event.failure).toMatchObject({
    type: 'Message',
    message: 'pool is full',
  })
  for (const source of [
    'postgres_logs',
    'edge_logs',
    'auth_logs',
    'function_logs',
    'function_edge_logs',
    'x',
    '__proto__',
    'constructor',
  ])
    for (const message of ['', '\u0000', '\n'.repeat(5000), 'at ('.repeat(2000)]) {
      const line = logLineOf({ timestamp: AT, source, event_message: message })
      expect(() => eventOfLine(line!, 0)).not.toThrow()
    }
})
