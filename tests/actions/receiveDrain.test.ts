import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Batch, DRAIN_BYTES, receiveDrain } from '../../lib/actions/receiveDrain.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { drainCounts, OTHER } from '../../lib/store/drains.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { spoilt } from './mutations.ts'

const SECRET = 'secret-of-the-drain-in-tests'
const LONG_AGO = new Date(0)
let db: FreshDatabase
let project: number
let now = new Date('2026-11-20T03:00:30.000Z')

beforeAll(async () => {
  db = await freshDatabase()
  const vercel = { project: 'prj_shop', domain: 'shop.example.com', staging: { domain: 'staging.example.com' } }
  const settings = { repository: '/srv/shop.git', app: 'shop', vercel }
  ;({ id: project } = await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings }))
  await registerProject(db.sql, { slug: 'else', name: 'Else', settings: { repository: '/srv/else.git', app: 'else' } })
})
afterAll(() => db.drop())

let ids = 0
const line = (more: object = {}, proxy: object = {}) => ({
  ...{ id: `l${++ids}`, requestId: `r${ids}`, deploymentId: 'dpl_1', projectId: 'prj_shop', source: 'lambda' },
  ...{ timestamp: now.getTime(), level: 'info', message: 'password=hunter2 for ada@example.com' },
  proxy: { timestamp: now.getTime(), method: 'GET', path: '/who', statusCode: 200, ...proxy },
  ...more,
})
const sign = (body: Buffer | string) => createHmac('sha1', SECRET).update(body).digest('hex')
const batch = (text: string, more: Partial<Batch> = {}): Batch => {
  const body = Buffer.from(text)
  return { body, signature: sign(body), encoding: null, ...more }
}
const send = (one: Batch) => receiveDrain({ sql: db.sql, clock: { now: () => now } }, SECRET, one)
const counts = (since = LONG_AGO) => drainCounts(db.sql, project, since)
const total = async () => (await counts()).reduce((sum, row) => sum + row.requests, 0)

describe('a signed batch is counted', () => {
  const lines = () => [line(), line(), line({}, { statusCode: 500, path: '/fail/7' })]
  const array = (entries: object[]) => JSON.stringify(entries)
  const ndjson = (entries: object[]) => entries.map((one) => JSON.stringify(one)).join('\n')

  test.each([
    ['as JSON', array, null, 'wire'],
    ['as lines', ndjson, null, 'wire'],
    ['compressed, signed as sent', array, 'gzip', 'wire'],
    ['compressed, signed before', array, 'gzip', 'plain'],
    ['lines, compressed, signed before', ndjson, 'gzip', 'plain'],
  ] as const)('%s', async (_, encode, encoding, signs) => {
    const before = await total()
    const text = encode(lines())
    const body = encoding ? gzipSync(text) : Buffer.from(text)
    const signature = sign(signs === 'plain' ? text : body)
    expect(await send({ body, signature, encoding })).toEqual({ status: 200, counted: 3 })
    expect(await total()).toBe(before + 3)
    // Sent again, since the first answer was lost.
    expect(await send({ body, signature, encoding })).toEqual({ status: 200, counted: 0 })
    expect(await total()).toBe(before + 3)
  })

  test('by route, with what failed', async () => {
    const rows = await counts()
    expect(rows.map(({ route, requests, failed }) => [route, requests, failed])).toEqual([
      ['GET /fail/:id', 5, 5],
      ['GET /who', 10, 0],
    ])
    expect(rows.every(({ minute }) => minute === '2026-11-20T03:00:00.000Z')).toBe(true)
  })

  test('many at once, some the same, are each counted once', async () => {
    const before = await total()
    const shared = Array.from({ length: 30 }, () => line())
    const texts = Array.from({ length: 8 }, (_, i) => array([...shared.slice(i), ...shared.slice(0, i), line()]))
    const answers = await Promise.all(texts.map((text) => send(batch(text))))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(await total()).toBe(before + 30 + 8)
  })

  test('nothing of a line is kept but its route and the name of its request', async () => {
    await send(batch(array([line()])))
    for (const table of ['drain_counts', 'drain_seen', 'events']) {
      const [row] = await db.admin.unsafe(
        `select coalesce(string_agg(t::text, ' '), '') as all from nightshift.${table} t`,
      )
      expect(row!.all).not.toMatch(/hunter2|ada@/)
    }
  })

  test('lines of projects we do not have count for nobody', async () => {
    const before = await total()
    expect(await send(batch(array([line({ projectId: 'prj_strange' })])))).toEqual({ status: 200, counted: 0 })
    expect(await total()).toBe(before)
  })

  test('a minute with more routes than are named keeps counting', async () => {
    now = new Date('2026-11-20T04:00:30.000Z')
    const word = (n: number) =>
      String.fromCharCode(97 + Math.floor(n / 26 / 26), 97 + (Math.floor(n / 26) % 26), 97 + (n % 26))
    const many = Array.from({ length: 320 }, (_, n) => line({}, { path: `/x${word(n)}` }))
    expect(await send(batch(array(many)))).toEqual({ status: 200, counted: 320 })
    await send(batch(array([line({}, { path: '/xaaa' })])))
    const rows = (await counts()).filter(({ minute }) => minute.startsWith('2026-11-20T04'))
    expect(rows).toHaveLength(301)
    expect(rows.find(({ route }) => route === OTHER)?.requests).toBe(20)
    expect(rows.find(({ route }) => route === 'GET /xaaa')?.requests).toBe(2)
  })

  test('a minute that still grew is read again', async () => {
    now = new Date('2026-11-20T05:00:30.000Z')
    await send(batch(array([line()])))
    await new Promise((resolve) => setTimeout(resolve, 20))
    const after = new Date()
    const quiet = await counts(after)
    expect(quiet.filter(({ minute }) => minute.startsWith('2026-11-20T05'))).toEqual([])
    await send(batch(array([line()])))
    const [grown] = (await counts(after)).filter(({ route }) => route === 'GET /who')
    expect(grown).toMatchObject({ minute: '2026-11-20T05:00:00.000Z', requests: 2 })
  })
})

describe('what is not signed is not counted', () => {
  test('nor is any of 10,000 spoilt ones', async () => {
    const before = await total()
    const text = JSON.stringify([line(), line()])
    const wire = gzipSync(text)
    const plain = { body: Buffer.from(text), signature: sign(text) }
    const taken: unknown[] = []
    const spoil = async (good: typeof plain, encoding: string | null, count: number) => {
      for (const one of spoilt(good, count)) {
        const answer = await send({ ...one, encoding })
        if (answer.status !== 401) taken.push(answer)
      }
    }
    await spoil(plain, null, 10_000)
    await spoil({ body: wire, signature: sign(wire) }, 'gzip', 2000)
    expect(taken).toEqual([])
    // Signed before it was compressed: another wrapping of the very same lines is no forgery, and counts no more than they do.
    await spoil({ body: wire, signature: sign(text) }, 'gzip', 2000)
    expect(taken.every((answer) => (answer as { status: number }).status === 200)).toBe(true)
    expect(await total()).toBe(before + (taken.length > 0 ? 2 : 0))
    expect(await send({ ...plain, encoding: null })).toEqual({ status: 200, counted: taken.length > 0 ? 0 : 2 })
  }, 300_000)

  test('another secret, and a signature over something else', async () => {
    const body = Buffer.from(JSON.stringify([line()]))
    const signature = createHmac('sha1', 'another-secret-of-somebody').update(body).digest('hex')
    expect(await send({ body, signature, encoding: null })).toMatchObject({ status: 401 })
    expect(await send({ body, signature: sign(body).toUpperCase(), encoding: null })).toMatchObject({ status: 401 })
  })

  test.each<[string, () => Batch, number]>([
    ['a body beyond the limit', () => ({ ...batch(''), body: null }), 413],
    ['one that grows beyond it', () => batch('', { ...signedGzip(Buffer.alloc(DRAIN_BYTES * 5)) }), 413],
    ['an encoding nobody knows', () => batch('[]', { encoding: 'lzma' }), 415],
    ['what is not compressed', () => batch('[]', { encoding: 'gzip' }), 400],
    ['what is no batch', () => batch('hello'), 400],
  ])('%s is refused', async (_, make, status) => {
    expect((await send(make())).status).toBe(status)
  })
  const signedGzip = (bytes: Buffer) => {
    const body = gzipSync(bytes)
    return { body, signature: sign(body), encoding: 'gzip' }
  }
})
