import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { POST as drain } from '../../app/api/drains/vercel/route.ts'
import { POST as github } from '../../app/api/webhooks/github/route.ts'
import { POST as sentry } from '../../app/api/webhooks/sentry/route.ts'
import { POST as vercel } from '../../app/api/webhooks/vercel/route.ts'
import { command } from '../../app/slack/command.ts'
import { clockFinding, driftFinding } from '../../lib/adapters/clock.http.ts'
import { type Door, doors, isHere, knock } from '../../lib/adapters/knock.http.ts'
import { lastHeard } from '../../lib/store/heard.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

/** The real doors, behind a server as they are in the product; what they ring is counted. */
const SECRET = 'a-secret-that-both-sides-know'
let db: FreshDatabase
let server: Server
let url: string
let rings = 0
const open = globalThis as unknown as { nightshift?: unknown }

beforeAll(async () => {
  db = await freshDatabase()
  const config = {
    code: { kind: 'github', webhookSecret: SECRET },
    deploy: { kind: 'vercel', webhookSecret: SECRET, drainSecret: SECRET, drainVerify: null },
    sentry: { clientSecret: SECRET },
  }
  open.nightshift = {
    config,
    sql: db.sql,
    reader: { sql: db.sql, clock: { now: () => new Date() }, ring: () => (rings += 1) },
  }
  const slack = (request: Request) => command(request, { secret: SECRET, later: () => undefined }, {} as never)
  const routes: Record<string, (request: Request) => Promise<Response>> = {
    ...{ '/api/webhooks/github': github, '/api/webhooks/vercel': vercel, '/api/webhooks/sentry': sentry },
    ...{ '/api/drains/vercel': drain, '/api/slack/command': slack },
  }
  server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const route = routes[incoming.url ?? '']
    const body = Buffer.concat(chunks).toString()
    const request = new Request(`http://x${incoming.url}`, { method: 'POST', headers: incoming.headers as never, body })
    const answer = (await route?.(request)) ?? new Response(null, { status: 404 })
    response.writeHead(answer.status).end(await answer.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  open.nightshift = undefined
  await new Promise((resolve) => server.close(resolve))
  await db.drop()
})

const DOORS: [string, (secret: string) => Door][] = Object.entries(doors)

test.each(DOORS)('%s: our own signature is accepted, and it is no word of theirs', async (_name, door) => {
  const before = rings
  expect(await knock(url, door(SECRET))).toMatchObject({
    state: 'note',
    detail: expect.stringContaining('is accepted'),
  })
  expect(rings).toBe(before)
  expect((await lastHeard(db.sql)).size).toBe(0)
})

test.each(DOORS)('%s: another secret, another Nightshift and nobody are told apart', async (_name, door) => {
  const other = await knock(url, door('a-secret-of-somebody-else'))
  expect(other).toMatchObject({ state: 'fails', detail: expect.stringContaining('answered 401') })
  expect(other.todo).toContain(door(SECRET).setting)
  const elsewhere = await knock(`${url}/below`, door(SECRET))
  expect(elsewhere).toMatchObject({ state: 'fails', todo: expect.stringContaining('Deploy once more') })
  expect(await knock('http://127.0.0.1:9', door(SECRET))).toMatchObject({
    ...{ state: 'fails', todo: expect.stringContaining('NIGHTSHIFT_URL') },
  })
  expect(JSON.stringify([other, elsewhere])).not.toContain(SECRET)
})

test('what somebody really sends is heard, and when', async () => {
  const body = '{"action":"opened"}'
  const { createHmac } = await import('node:crypto')
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
  const headers = { 'x-hub-signature-256': signature, 'x-github-delivery': '0a5d2b6e-8a0f-4a4d-9a43-6f1e0f9c1234' }
  expect((await fetch(`${url}/api/webhooks/github`, { method: 'POST', body, headers })).status).toBe(202)
  expect([...(await lastHeard(db.sql)).keys()]).toEqual(['webhook:github'])
})

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.20.0.5', true],
  ['172.32.0.5', false],
  ['night.internal', true],
  ['night.example.com', false],
  ['localhost.example.com', false],
])('%s is on this machine or beside it: %s', (host, here) => {
  expect(isHere(host)).toBe(here)
})

test('clocks: seconds are nothing, ten are told, a minute fails', async () => {
  expect(await clockFinding('GitHub', url)).toMatchObject({ state: 'ok' })
  expect(await clockFinding('GitHub', url, () => Date.now() - 30_000)).toMatchObject({
    ...{ state: 'note', detail: expect.stringContaining('behind') },
  })
  expect(driftFinding('GitHub', -61_000)).toMatchObject({ state: 'fails', detail: 'our clock is 61 s ahead' })
  expect(await clockFinding('GitHub', 'http://127.0.0.1:9')).toMatchObject({ state: 'note' })
})
