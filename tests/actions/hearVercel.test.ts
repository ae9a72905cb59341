import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { hearVercel } from '../../lib/actions/hearVercel.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { spoilt } from './mutations.ts'

const SECRET = 'secret-of-the-webhook-in-tests'
let db: FreshDatabase
let rings: string[]

beforeAll(async () => {
  db = await freshDatabase()
  const vercel = { project: 'prj_shop', domain: 'shop.example.com', staging: { domain: 'staging.example.com' } }
  const settings = { repository: '/srv/shop.git', app: 'shop', vercel }
  await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings })
})
afterAll(() => db.drop())
beforeEach(() => {
  rings = []
})

let ids = 0
const hook = (type: string, more: object = {}) => {
  const payload = { deployment: { id: 'dpl_1', url: 'x.example.com' }, project: { id: 'prj_shop' }, ...more }
  return Buffer.from(JSON.stringify({ id: `evt_${++ids}`, type, createdAt: Date.now(), region: 'iad1', payload }))
}
const sign = (body: Buffer) => createHmac('sha1', SECRET).update(body).digest('hex')
const hear = (body: Buffer | null, signature: string | null = body && sign(body)) =>
  hearVercel({ sql: db.sql, ring: (agent) => void rings.push(agent) }, SECRET, { body, signature })

test.each([
  ['deployment.ready', 'releaser'],
  ['deployment.succeeded', 'releaser'],
  ['deployment.error', 'releaser'],
  ['deployment.canceled', 'releaser'],
  ['deployment.promoted', 'releaser'],
  ['deployment.rollback', 'releaser'],
  ['deployment.created', null],
  ['deployment.cleanup', null],
  ['test-webhook', null],
  ['budget.reached', null],
])('%s wakes %s', async (type, agent) => {
  expect(await hear(hook(type))).toEqual({ status: 200, rang: agent })
  expect(rings).toEqual(agent ? [agent] : [])
})

test('an alarm of the host wakes the watcher, once a second', async () => {
  expect(await hear(hook('observability.error-anomaly'))).toEqual({ status: 200, rang: 'watcher' })
  await hear(hook('alerts.triggered'))
  expect(rings).toEqual(['watcher'])
})

test('the same one twice rings once, whatever order they come in', async () => {
  const [first, second] = [hook('deployment.ready'), hook('deployment.promoted')]
  for (const body of [second, first, second, first]) expect((await hear(body)).status).toBe(200)
  expect(rings).toEqual(['releaser', 'releaser'])
})

test('about a project we do not have nobody is woken', async () => {
  expect(await hear(hook('deployment.ready', { project: { id: 'prj_strange' } }))).toEqual({ status: 200, rang: null })
  expect(await hear(hook('deployment.ready', { project: null }))).toEqual({ status: 200, rang: null })
  expect(rings).toEqual([])
})

test.each(['', 'hello', '[]', '{"id":7,"type":"deployment.ready"}', '{"type":"deployment.ready"}', 'null'])(
  '%j, well signed, is no webhook',
  async (text) => {
    expect((await hear(Buffer.from(text))).status).toBe(400)
  },
)

test('of 10,000 spoilt ones not one is heard', async () => {
  const body = hook('deployment.ready')
  const taken: unknown[] = []
  for (const one of spoilt({ body, signature: sign(body) }, 10_000)) {
    const answer = await hear(one.body, one.signature)
    if (answer.status !== 401) taken.push(answer)
  }
  expect(taken).toEqual([])
  expect(rings).toEqual([])
  expect(await hear(body)).toEqual({ status: 200, rang: 'releaser' })
  expect((await hear(null)).status).toBe(413)
})
