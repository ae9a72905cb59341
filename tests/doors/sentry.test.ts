import { afterAll, beforeAll, expect, test } from 'vitest'
import { POST } from '../../app/api/webhooks/sentry/route.ts'
import { alertHook, type EmulatedHook, hookOf, issueHook } from '../../emulators/sentryHooks.ts'
import { SentryStore } from '../../emulators/sentryStore.ts'
import { HOOK_BYTES } from '../../lib/actions/hint.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { sourceAt } from '../../lib/store/sources.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { mutated, random, SECRET } from '../sources/mutations.ts'
import { fault } from '../sources/sentry.ts'

/** The door itself, with requests as Next hands them over. */
let db: FreshDatabase
let shop: number
let rings = 0
const open = globalThis as unknown as { nightshift?: unknown }

beforeAll(async () => {
  db = await freshDatabase()
  const settings = { repository: '/srv/shop.git', app: 'shop', sentry: { project: 'shop' } }
  shop = (await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings })).id
  opened({ clientSecret: SECRET })
})
afterAll(async () => {
  open.nightshift = undefined
  await db.drop()
})

const opened = (sentry: object | null) => {
  open.nightshift = { config: { sentry }, reader: { sql: db.sql, ring: () => (rings += 1) } }
}
async function resting() {
  await sourceAt(db.sql, shop, 'sentry')
  await db.sql`update source_cursors set polled_at = now() - interval '1 min', due_at = now() + interval '10 min'`
}
function knocks({ headers, body }: EmulatedHook): Promise<Response> {
  const given = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    // What a client cannot even send is refused before it is here.
    try {
      if (value !== undefined) given.set(name, value)
    } catch {
      given.delete(name)
    }
  }
  return POST(
    new Request('http://localhost/api/webhooks/sentry', { method: 'POST', headers: given, body: new Uint8Array(body) }),
  )
}
const issue = new SentryStore().take('shop', fault())
const hooks = () => [
  issueHook(SECRET, 'created', issue),
  alertHook(SECRET, issue, 'https://us.sentry.io', 'acme'),
  hookOf(SECRET, 'comment', 'created', { project_slug: 'shop', comment: 'naïve 🌒' }),
]

test('a signed hint is accepted within its second, and makes the source due', async () => {
  for (const hook of hooks()) {
    await resting()
    const began = performance.now()
    const response = await knocks(hook)
    expect([response.status, await response.json()]).toEqual([202, { accepted: true }])
    expect(performance.now() - began).toBeLessThan(1000)
    expect((await sourceAt(db.sql, shop, 'sentry')).due).toBe(true)
  }
  expect(rings).toBeGreaterThan(0)
  expect(await db.sql`select 1 from events`).toHaveLength(0)
})

test('ten thousand mutated requests at the door: none is accepted', async () => {
  const dice = random(42)
  await resting()
  const before = rings
  const made = hooks()
  const accepted: number[] = []
  for (let i = 0; i < 10_000; i++) if ((await knocks(mutated(made, i, dice))).status !== 401) accepted.push(i)
  expect(accepted).toEqual([])
  expect(rings).toBe(before)
  expect((await sourceAt(db.sql, shop, 'sentry')).due).toBe(false)
})

test('a body without an end is not read to it', async () => {
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(stream) {
      sent += 65_536
      stream.enqueue(new Uint8Array(65_536))
    },
  })
  const request = new Request('http://localhost/', { method: 'POST', body, duplex: 'half' } as RequestInit)
  expect((await POST(request)).status).toBe(413)
  expect(sent).toBeLessThan(HOOK_BYTES + 1024 * 1024)
})

test('without Sentry as a source there is no door', async () => {
  opened(null)
  expect((await knocks(hooks()[0]!)).status).toBe(404)
  opened({ clientSecret: SECRET })
})
