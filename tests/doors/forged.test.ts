import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { POST as tick, GET as ticked } from '../../app/api/cron/[agent]/route.ts'
import { POST as drain } from '../../app/api/drains/vercel/route.ts'
import { POST as github } from '../../app/api/webhooks/github/route.ts'
import { POST as vercel } from '../../app/api/webhooks/vercel/route.ts'
import { POST as ingest } from '../../app/ingest/api/[project]/envelope/route.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { type Door, type Knock, mutated, OF_THE_BODY, OF_THE_HEADER } from './mutations.ts'

/** Ten thousand forged requests for each door that strangers reach, of the genuine ones that the same door takes. */
const EACH = 10_000
const SECRET = 'the-secret-of-this-door'
let db: FreshDatabase
let rings = 0
let ticks = 0
let ingestKey = ''
const open = globalThis as unknown as { nightshift?: unknown }

beforeAll(async () => {
  db = await freshDatabase()
  const at = { project: 'prj_shop', domain: 'shop.example.com', staging: { domain: 'staging.example.com' } }
  const settings = { repository: '/srv/shop.git', app: 'shop', vercel: at }
  ;({ ingestKey } = await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings }))
  const zone = {
    ...{ sql: db.sql, clock: { now: () => new Date() }, model: null, halted: false, sources: () => [] },
    ring() {
      rings += 1
    },
  }
  const deploy = { kind: 'vercel', webhookSecret: SECRET, drainSecret: SECRET, drainVerify: 'code' }
  const code = { kind: 'github', apiUrl: '', login: { kind: 'token', token: 't' }, webhookSecret: SECRET }
  const observer = {
    ...{ say: () => undefined, failed: () => undefined, flush: async () => undefined },
    tick: (_: string, run: () => unknown) => {
      ticks += 1
      return run()
    },
    step: (_: string, __: unknown, run: () => unknown) => run(),
  }
  open.nightshift = {
    ...{ sql: db.sql, reader: zone, actor: { ...zone, channels: [] }, runner: { sandbox: {} }, observer },
    anchors: { keep: async () => 'kept' },
    config: { code, deploy, cronSecret: SECRET, leaseSeconds: 60, tickMs: 60_000, ingestPerMinute: 100_000 },
  }
})
afterAll(async () => {
  open.nightshift = undefined
  await db.drop()
})

/** Everything a door could write into. */
const stored = async () => {
  const [row] = await db.admin`select
    (select count(*)::int from nightshift.events) events, (select count(*)::int from nightshift.work) work,
    (select count(*)::int from nightshift.audit) audit, (select count(*)::int from nightshift.drain_seen) seen,
    (select count(*)::int from nightshift.drain_counts) counts, (select count(*)::int from nightshift.agent_ticks) ticks,
    (select jsonb_agg(h order by who) from nightshift.heard h) heard`
  return { ...row, rings, done: ticks }
}

const post = (path: string, { headers, body }: Knock): Request | null => {
  const given = new Headers()
  try {
    for (const [name, value] of Object.entries(headers)) given.set(name, value)
  } catch {
    // No client can send it.
    return null
  }
  return new Request(`http://localhost${path}`, { method: 'POST', headers: given, body: new Uint8Array(body) })
}

const hmac = (hash: string) => (secret: string, body: Buffer) => createHmac(hash, secret).update(body).digest('hex')
const sha1 = hmac('sha1')
const sha256 = hmac('sha256')
const json = (value: unknown) => Buffer.from(JSON.stringify(value))
const knock = (door: Door, body: Buffer, headers: Record<string, string> = {}): Knock => ({
  headers: { 'content-type': 'application/json', ...headers, [door.header]: door.sign(door.secret, body) },
  body,
})

interface Reached {
  path: string
  door: Door
  /** Genuine ones, new each time: what was heard before is passed over. */
  honest(): Knock[]
  answer(request: Request): Promise<Response>
  takes: number[]
  signed: boolean
}

const line = () => ({
  ...{ requestId: randomUUID(), deploymentId: 'dpl_1', projectId: 'prj_shop', source: 'lambda', timestamp: Date.now() },
  proxy: { timestamp: Date.now(), method: 'GET', path: '/é', statusCode: 200 },
})
const OF_GITHUB: Door = {
  ...{ header: 'x-hub-signature-256', secret: SECRET },
  sign: (secret, body) => `sha256=${sha256(secret, body)}`,
}
const OF_VERCEL: Door = { header: 'x-vercel-signature', secret: SECRET, sign: sha1 }
const OF_CLOCKS: Door = { header: 'authorization', secret: SECRET, sign: (secret) => `Bearer ${secret}` }
const agent = { params: Promise.resolve({ agent: 'watcher' }) }

const DOORS: Record<string, Reached> = {
  'GitHub’s webhooks': {
    ...{ path: '/api/webhooks/github', door: OF_GITHUB, answer: github, takes: [202], signed: true },
    honest: () =>
      ['submitted', 'completed 🌒'].map((action) =>
        knock(OF_GITHUB, json({ action, number: 7 }), { 'x-github-delivery': randomUUID() }),
      ),
  },
  'Vercel’s webhooks': {
    ...{ path: '/api/webhooks/vercel', door: OF_VERCEL, answer: vercel, takes: [200], signed: true },
    honest: () =>
      ['deployment.ready', 'deployment.promoted'].map((type) =>
        knock(OF_VERCEL, json({ id: randomUUID(), type, payload: { project: { id: 'prj_shop' } } })),
      ),
  },
  'Vercel’s drain': {
    ...{ path: '/api/drains/vercel', door: OF_VERCEL, answer: drain, takes: [200], signed: true },
    honest: () => [knock(OF_VERCEL, json([line(), line()])), knock(OF_VERCEL, json([line()]))],
  },
  'the clock, by POST': {
    ...{ path: '/api/cron/watcher', door: OF_CLOCKS, takes: [200], signed: false },
    honest: () => [knock(OF_CLOCKS, Buffer.from('{}'))],
    answer: (request) => tick(request, agent),
  },
  'the clock, by GET': {
    ...{ path: '/api/cron/watcher', door: OF_CLOCKS, takes: [200], signed: false },
    honest: () => [knock(OF_CLOCKS, Buffer.from('{}'))],
    answer: ({ url, headers }) => ticked(new Request(url, { headers }), agent),
  },
}

test.each(Object.entries(DOORS))(
  '%s: none of ten thousand forged requests is taken, and the genuine ones are',
  async (_, at) => {
    await db.admin`update nightshift.work set due_at = now() + interval '1 day'`
    const before = await stored()
    const kinds = at.signed ? { ...OF_THE_HEADER, ...OF_THE_BODY } : OF_THE_HEADER
    const honest = at.honest()
    const taken: string[] = []
    let sent = 0
    for (const { name, knock: one } of mutated(honest, at.door, kinds, EACH)) {
      const request = post(at.path, one)
      if (!request) continue
      sent += 1
      const { status } = await at.answer(request)
      // One is enough: what is let in does real work.
      if (status !== 401) throw new Error(`${name}, number ${sent}: ${status}`)
    }
    expect(taken).toEqual([])
    expect(sent).toBeGreaterThan(EACH * 0.99)
    expect(await stored()).toEqual(before)
    for (const one of honest) expect(at.takes).toContain((await at.answer(post(at.path, one)!)).status)
    expect(await stored()).not.toEqual(before)
  },
)

const event = () => {
  const event_id = randomUUID().replaceAll('-', '')
  return Buffer.from(`{"event_id":"${event_id}"}\n{"type":"event"}\n{"event_id":"${event_id}","level":"error"}\n`)
}
const OF_SDKS: Door = {
  ...{ header: 'x-sentry-auth', secret: '' },
  sign: (secret) => `Sentry sentry_version=7, sentry_key=${secret || ingestKey}`,
}

test('events: with another key than the project’s none of ten thousand is taken, and with it they are', async () => {
  await db.admin`update nightshift.work set due_at = now() + interval '1 day'`
  const before = await stored()
  const arrive = (one: Knock, project = '1', query = '') =>
    ingest(post(`/ingest/api/${project}/envelope/${query}`, one)!, { params: Promise.resolve({ project }) })
  const wrong: [string, () => Promise<Response>][] = []
  const other = (n: number) => createHmac('md5', 'k').update(String(n)).digest('hex')
  const cutKey = (n: number) => ingestKey.slice(0, n % 32)
  for (let n = 0; n < EACH / 10; n++) {
    const key = [
      other(n),
      cutKey(n),
      `${ingestKey}${n % 10}`,
      ingestKey.replace(/./, (one) => (one === 'f' ? '0' : 'f')),
    ][n % 4]!
    const bare = { headers: {}, body: event() }
    const header = (value: string): Knock => ({
      headers: { 'x-sentry-auth': `Sentry sentry_key=${value}` },
      body: event(),
    })
    const dsn = (value: string): Knock => ({
      headers: {},
      body: Buffer.from(event().toString().replace('{', `{"dsn":"https://${value}@localhost/1",`)),
    })
    const good = knock(OF_SDKS, event())
    wrong.push(
      ['no key', () => arrive(bare)],
      ['another in the query', () => arrive(bare, '1', `?sentry_key=${key}`)],
      ['another in the header', () => arrive(header(key))],
      ['another in the DSN', () => arrive(dsn(key || 'x'))],
      ['the right one and another', () => arrive(header(key || 'x'), '1', `?sentry_key=${ingestKey}`)],
      ['another, and the right one in the DSN', () => arrive(dsn(ingestKey), '1', `?sentry_key=${key || 'x'}`)],
      ['of another project', () => arrive(good, String(2 + n))],
      ['of a project that is no number', () => arrive(good, ['0x1', '1e0', '-1', '01x', ' ', '%31', '١'][n % 7]!)],
      [
        'in a header of no Sentry',
        () => arrive({ headers: { 'x-sentry-auth': `Bearer ${ingestKey}` }, body: event() }),
      ],
      ['in another header', () => arrive({ headers: { 'x-sentry-key': ingestKey }, body: event() })],
    )
  }
  const taken: string[] = []
  for (const [name, send] of wrong) {
    const { status } = await send()
    if (status !== 403 && status !== 404) taken.push(`${name}: ${status}`)
  }
  expect([wrong.length, taken]).toEqual([EACH, []])
  expect(await stored()).toEqual(before)
  expect((await arrive(knock(OF_SDKS, event()))).status).toBe(200)
  expect((await arrive({ headers: {}, body: event() }, '1', `?sentry_key=${ingestKey}`)).status).toBe(200)
  expect(await stored()).toMatchObject({ events: 2 })
})
