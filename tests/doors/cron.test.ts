import { afterAll, beforeAll, expect, test } from 'vitest'
import { GET, maxDuration, POST } from '../../app/api/cron/[agent]/route.ts'
import type { Observer } from '../../lib/world/observer.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
let flushed = 0
const ticks: string[] = []
const open = globalThis as unknown as { nightshift?: unknown }
const SECRET = 'secret-of-the-clock'

beforeAll(async () => {
  db = await freshDatabase()
  const zone = { sql: db.sql, ring: () => undefined, clock: { now: () => new Date() }, model: null, sources: () => [] }
  const observer: Observer = {
    ...{ say: () => undefined, failed: () => undefined, step: (_, __, run) => run() },
    tick(agent, run) {
      ticks.push(agent)
      return run()
    },
    async flush() {
      flushed += 1
    },
  }
  open.nightshift = {
    ...{ sql: db.sql, reader: zone, actor: { ...zone, channels: [] }, runner: { sandbox: {} }, observer },
    ...{ config: { cronSecret: SECRET, leaseSeconds: 60, tickMs: maxDuration * 1000 }, anchors: {} },
  }
})
afterAll(async () => {
  open.nightshift = undefined
  await db.drop()
})

const call = (agent: string, method: 'GET' | 'POST', secret = SECRET) =>
  (method === 'GET' ? GET : POST)(
    new Request(`http://localhost/api/cron/${agent}`, { method, headers: { authorization: `Bearer ${secret}` } }),
    { params: Promise.resolve({ agent }) },
  )

test.each(['watcher', 'investigator', 'implementer', 'releaser'])(
  'a clock drives the %s, as Vercel’s calls and by POST',
  async (agent) => {
    for (const method of ['GET', 'POST'] as const) {
      const before = flushed
      const answer = await call(agent, method)
      expect([answer.status, await answer.json()]).toEqual([200, { agent, steps: 0, troubles: [] }])
      expect(answer.headers.get('cache-control')).toBe('no-store')
      // What was seen is on its way when the function is frozen.
      expect(flushed).toBe(before + 1)
    }
    expect(ticks.filter((one) => one === agent)).toHaveLength(2)
    expect(await db.sql`select 1 from agent_ticks where agent = ${agent}`).toHaveLength(1)
  },
)

test('a stranger drives nobody, and nobody drives what is no agent', async () => {
  const before = ticks.length
  for (const secret of ['', 'wrong', `${SECRET}x`, SECRET.toUpperCase()])
    expect((await call('watcher', 'GET', secret)).status).toBe(401)
  expect((await call('owner', 'POST')).status).toBe(404)
  expect(ticks).toHaveLength(before)
})
