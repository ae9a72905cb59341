import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { receiveDrain } from '../../lib/actions/receiveDrain.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { countedIn } from '../../lib/adapters/vercel/counted.ts'
import type { DeployActor } from '../../lib/world.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { countsRequests } from './deploy.contract.ts'
import { openVercelBench, PATIENCE, type VercelBench } from './vercelBench.ts'

const SECRET = 'secret-of-the-drain-in-tests'
let db: FreshDatabase
let w: VercelBench
let door: Server
let actor: DeployActor
const statuses: number[] = []

beforeAll(async () => {
  ;[db, w] = await Promise.all([freshDatabase(), openVercelBench()])
  const { id } = await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings: w.project.settings })
  door = createServer(async (request, response) => {
    const { headers } = request
    const answer = await receiveDrain({ sql: db.sql, clock: { now: () => new Date() } }, SECRET, {
      signature: (headers['x-vercel-signature'] as string | undefined) ?? null,
      encoding: headers['content-encoding'] ?? null,
      body: await buffer(request),
    })
    statuses.push(answer.status)
    response.writeHead(answer.status).end()
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const told = w.another(PATIENCE, countedIn(db.sql))
  expect(id).toBe(w.project.id)
  actor = {
    ...told,
    traffic: async (...asked) => {
      await w.vercel.drains.flush()
      return told.traffic(...asked)
    },
  }
  await actor.promote('production', (await w.built()).id, null)
})
afterAll(async () => {
  door?.close()
  await w?.close()
  await db?.drop()
})
beforeEach(async () => {
  await db.admin`truncate nightshift.drain_counts, nightshift.drain_seen`
  statuses.length = 0
})
afterEach(() => expect(new Set(statuses)).toEqual(new Set([200])))

test.each([
  ['json', 'none', 'wire', false],
  ['ndjson', 'none', 'wire', true],
  ['json', 'gzip', 'wire', true],
  ['ndjson', 'gzip', 'plain', false],
] as const)(
  'requests are counted from a drain of %s, %s, signed as %s, twice: %s',
  async (encoding, compression, signs, twice) => {
    const { vercel } = w
    vercel.store.change((state) => Object.assign(state, { drains: [] }))
    Object.assign(vercel.manner, { signs, twice })
    const endpoint = `http://127.0.0.1:${(door.address() as AddressInfo).port}/`
    const delivery = { type: 'http', endpoint, encoding, compression, headers: {}, secret: SECRET }
    const made = await fetch(`${vercel.url}/v1/drains?teamId=${vercel.settings.teamId}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${vercel.token}` },
      body: JSON.stringify({ name: 'nightshift', projects: 'some', schemas: { log: { version: 'v1' } }, delivery }),
    })
    expect(made.status).toBe(200)
    await countsRequests({ actor, address: (environment) => `http://${vercel.domains[environment]}` })
    const [row] = await actor.traffic('production', new Date(Date.now() - 60_000))
    expect(row?.latency.reduce((a, b) => a + b, 0)).toBe(row?.requests)
  },
)

test('requests to a build that takes no traffic, and to one nobody knows, are told apart from production', async () => {
  const staged = await w.built('staging')
  await fetch(`${staged.url}/who`, { headers: w.bypass })
  const since = new Date()
  await w.vercel.drains.flush()
  await db.admin`update nightshift.drain_counts set deployment = 'dpl_unknown' where route = 'GET /nothing'`
  expect(await actor.traffic('production', since)).toEqual([])
  const rows = await actor.traffic('staging', since)
  expect(rows.map(({ sha, requests }) => [sha, requests])).toEqual([[staged.sha, 1]])
})
