import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Delivery, receive, WIRE_BYTES } from '../../lib/actions/receive.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import type { Reader } from '../../lib/world.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
let world: Reader
let key: string
let ingestNo: number
let rings = 0

beforeAll(async () => {
  db = await freshDatabase()
  const settings = { repository: '/srv/shop.git', app: 'shop' }
  ;({ ingestKey: key, ingestNo } = await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings }))
  const unused = () => {
    throw new Error('ingest reaches nothing but the database')
  }
  world = {
    ...{ sql: db.sql, clock: { now: () => new Date() }, ring: () => (rings += 1) },
    ...{ code: unused, deploy: unused, sources: unused, model: null },
  }
})
afterAll(() => db.drop())

let ids = 0
const nextId = () => (++ids).toString(16).padStart(32, '0')
const envelope = (event: unknown, id = nextId(), header: object = {}) =>
  Buffer.from(
    `${JSON.stringify({ event_id: id, ...header })}\n{"type":"event"}\n${typeof event === 'string' ? event : JSON.stringify(event)}\n`,
  )
const send = (body: Buffer | null, more: Partial<Delivery> = {}, perMinute = 10_000) =>
  receive(world, perMinute, { ingestNo, query: key, headers: [], encoding: null, body, ...more })
const stored = async () => (await db.sql<{ n: number }[]>`select count(*)::int as n from events`)[0]!.n
const error = (value: string) => ({ exception: { values: [{ type: 'TypeError', value }] } })

test('an accepted event is in the database when the answer goes out, once, and rings the watcher', async () => {
  const before = await stored()
  const id = nextId()
  expect(await send(envelope(error('x'), id))).toEqual({ status: 200, id })
  expect(await send(envelope(error('x'), id))).toEqual({ status: 200, id })
  expect(await stored()).toBe(before + 1)
  expect(rings).toBeGreaterThan(0)
})

test.each([
  [
    'X-Sentry-Auth',
    { query: null, headers: (k: string) => [`Sentry sentry_version=7, sentry_key=${k}, sentry_client=x/1`, null] },
  ],
  ['Authorization', { query: null, headers: (k: string) => [null, `Sentry sentry_key=${k}`] }],
])('the key may stand in %s', async (_, how) => {
  expect(await send(envelope(error('x')), { query: null, headers: how.headers(key) })).toMatchObject({ status: 200 })
})

test('the key may stand in the envelope’s own dsn', async () => {
  const body = envelope(error('x'), nextId(), { dsn: `http://${key}@localhost/ingest/1` })
  expect(await send(body, { query: null })).toMatchObject({ status: 200 })
})

const gzip = (bytes: Buffer) => ({ encoding: 'gzip', body: gzipSync(bytes) })
test.each<[string, () => Partial<Delivery> & { body: Buffer | null }, number]>([
  ['no key', () => ({ body: envelope(error('x')), query: null }), 403],
  ['a wrong key', () => ({ body: envelope(error('x')), query: 'f'.repeat(32) }), 403],
  ['two keys that disagree', () => ({ body: envelope(error('x')), headers: ['Sentry sentry_key=other', null] }), 403],
  ['a dsn that disagrees', () => ({ body: envelope(error('x'), nextId(), { dsn: 'http://other@localhost/1' }) }), 403],
  ['an unknown project', () => ({ body: envelope(error('x')), ingestNo: 99 }), 404],
  ['a body that was cut for its size', () => ({ body: null }), 413],
  ['a gzip bomb', () => gzip(Buffer.alloc(200 * 1024 * 1024)), 413],
  ['an event above one megabyte', () => gzip(envelope({ message: 'x'.repeat(WIRE_BYTES) })), 400],
  ['bytes that are not gzip', () => ({ encoding: 'gzip', body: Buffer.from('plain') }), 400],
  ['an unknown encoding', () => ({ encoding: 'snappy', body: Buffer.from('x') }), 415],
  ['an empty body', () => ({ body: Buffer.alloc(0) }), 400],
  ['a first line that is not JSON', () => ({ body: Buffer.from('hello\n') }), 400],
  ['an event that is not JSON', () => ({ body: envelope('{"a":') }), 400],
  ['an event that is a list', () => ({ body: envelope('[1]') }), 400],
  ['a length that lies', () => ({ body: Buffer.from('{}\n{"type":"event","length":999}\n{}\n') }), 400],
])('%s is refused and nothing is stored', async (_, make, status) => {
  const before = await stored()
  const { body, ...more } = make()
  const answer = await send(body, more)
  expect(answer.status).toBe(status)
  expect(await stored()).toBe(before)
})

test.each([
  ['NUL', { message: 'a\u0000b', exception: { values: [{ type: 'E\u0000', value: '\u0000' }] } }],
  ['lone surrogates', { message: 'a\ud800b', tags: { '\udfff': '\ud800' } }],
  ['__proto__', '{"__proto__":{"paused":false},"constructor":{"prototype":{"x":1}},"message":"m"}'],
  ['huge numbers', '{"message":"m","extra":{"n":1e999,"m":-1e999,"k":9007199254740993}}'],
  ['deep nesting', `{"message":"m","extra":${'['.repeat(5000)}${']'.repeat(5000)}}`],
  ['terminal and bidi escapes', { message: '\u001b]52;c;x\u0007 \u202e evil \u001b[2J' }],
  ['duplicate keys', '{"message":"a","message":"b"}'],
])('%s is stored in a form the database takes', async (_, event) => {
  const id = nextId()
  expect(await send(envelope(event, id))).toEqual({ status: 200, id })
  const [row] = await db.sql<{ body: string }[]>`select body::text as body from events where external_id = ${id}`
  for (const raw of ['\\u0000', '\u001b', '\u202e']) expect(row!.body).not.toContain(raw)
})

test('envelopes without events are accepted and skipped', async () => {
  expect(await send(Buffer.from('{}\n'))).toEqual({ status: 200, id: null })
  expect(await send(Buffer.from('{}\n{"type":"session"}\n{}\n{"type":"who-knows"}\nx\n'))).toEqual({
    status: 200,
    id: null,
  })
})

test('over quota is refused before anything is accepted, with how long to wait', async () => {
  const before = await stored()
  expect(await send(envelope(error('x')), {}, before)).toMatchObject({ status: 429, retryAfter: 60 })
  expect(await stored()).toBe(before)
})

test('secrets and personal data are not stored anywhere', async () => {
  const canaries = [
    'hunter2-canary',
    'ck-canary-0001',
    'Bearer canarytoken12345',
    'ghp_canary0123456789012345678901234567',
    'ada@canary.example',
  ]
  const [password, cookie, bearer, github, email] = canaries
  await send(
    envelope({
      request: {
        url: `http://x.test/a?token=${cookie}`,
        headers: { Authorization: bearer, Cookie: `sid=${cookie}`, 'x-api-key': cookie },
        cookies: { sid: cookie },
        data: JSON.stringify({ password, note: `mail ${email}`, nested: { apiKey: cookie } }),
      },
      user: { id: '17', email, ip_address: '203.0.113.9' },
      exception: { values: [{ type: 'Error', value: `failed with ${github} for ${email}` }] },
      breadcrumbs: [{ message: `login password=${password}` }],
      extra: { secret: password },
    }),
  )
  const [row] = await db.sql<{ all: string }[]>`select string_agg(body::text, ' ') as all from events`
  for (const canary of [...canaries, '203.0.113.9']) expect(row!.all).not.toContain(canary)
  expect(row!.all).toMatch(/"user": \{"id": "user:[0-9a-f]{16}"\}/)
})

test('an error of this installation’s own is taken and not kept; with another’s mark it is one like any other', async () => {
  const marked = (mark: string) => ({ ...error('ours'), tags: { 'nightshift.self': mark } })
  world.ownMark = 'mark-of-this-one'
  const before = await stored()
  expect(await send(envelope(marked('mark-of-this-one')))).toMatchObject({ status: 200 })
  const pairs = { ...error('ours'), tags: [['nightshift.self', 'mark-of-this-one']] }
  expect(await send(envelope(pairs))).toMatchObject({ status: 200 })
  expect(await stored()).toBe(before)
  expect(await send(envelope(marked('somebody else’s')))).toMatchObject({ status: 200 })
  expect(await stored()).toBe(before + 1)
})
