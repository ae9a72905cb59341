import { afterAll, beforeAll, expect, test } from 'vitest'
import { alertHook, type EmulatedHook, hookOf, issueHook, outOfOrder } from '../../emulators/sentryHooks.ts'
import { SentryStore } from '../../emulators/sentryStore.ts'
import { hint } from '../../lib/actions/hint.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { sourceAt, sourcesOf } from '../../lib/store/sources.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { mutated, random, SECRET } from '../sources/mutations.ts'
import { fault } from '../sources/sentry.ts'

let db: FreshDatabase
let shop: number
let rings = 0
const world = () => ({ sql: db.sql, ring: () => (rings += 1) })

beforeAll(async () => {
  db = await freshDatabase()
  const settings = { repository: '/srv/shop.git', app: 'shop', sentry: { project: 'shop' } }
  shop = (await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings })).id
  await registerProject(db.sql, { slug: 'bare', name: 'Bare', settings: { repository: '/srv/bare.git', app: 'bare' } })
})
afterAll(() => db.drop())

const send = ({ headers, body }: EmulatedHook, secret = SECRET) =>
  hint(world(), secret, {
    signature: headers['sentry-hook-signature'] ?? null,
    requestId: headers['request-id'] ?? null,
    body,
  })
const issue = new SentryStore().take('shop', fault())
const alert = () => alertHook(SECRET, issue, 'https://us.sentry.io', 'acme')
/** Asked a minute ago, and not due for another ten. */
async function resting(state = 'ok') {
  await sourceAt(db.sql, shop, 'sentry')
  const why = state === 'ok' ? null : 'w'
  await db.sql`update source_cursors set polled_at = now() - interval '1 min', due_at = now() + interval '10 min',
    state = ${state}, why = ${why}`
}
const due = async () => (await sourceAt(db.sql, shop, 'sentry')).due

test.each([
  ['an issue', () => issueHook(SECRET, 'created', issue)],
  ['an alert, whose project is a number', alert],
  ['one that names no project', () => hookOf(SECRET, 'installation', 'created', { installation: {} })],
])('%s makes the source due and rings the watcher', async (_, make) => {
  await resting()
  expect(await send(make())).toEqual({ status: 202, woken: 1 })
  expect(await due()).toBe(true)
  expect(rings).toBeGreaterThan(0)
})

test('one of another project wakes nobody', async () => {
  const other = new SentryStore().take('other', fault())
  await resting()
  expect(await send(issueHook(SECRET, 'created', other))).toEqual({ status: 202, woken: 0 })
  expect(await due()).toBe(false)
})

test('duplicates and a wrong order are answered, and looked at once each', async () => {
  const hooks = [issueHook(SECRET, 'created', issue), alert(), issueHook(SECRET, 'unresolved', issue)]
  const woken: number[] = []
  for (const hook of outOfOrder(hooks, 3)) woken.push((await send(hook)).woken)
  expect(woken).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0])
})

test('a source that wants no calls is not hurried', async () => {
  await resting('limited')
  await send(issueHook(SECRET, 'created', issue))
  expect(await due()).toBe(false)
})

test('hints that never end make it ask every few seconds, not all the time', async () => {
  await resting()
  await db.sql`update source_cursors set polled_at = now()`
  await send(issueHook(SECRET, 'created', issue))
  const [row] = await sourcesOf(db.sql, shop)
  expect(row!.dueAt.getTime() - row!.polledAt!.getTime()).toBe(3000)
})

test('a body that was too long is refused', async () => {
  expect(await hint(world(), SECRET, { signature: 'x', requestId: null, body: null })).toEqual({
    status: 413,
    woken: 0,
  })
})

test('ten thousand mutated requests: none is accepted, none leaves anything', async () => {
  const dice = random(20261129)
  await resting()
  const before = rings
  const tables = () =>
    db.sql`select (select count(*) from events) e, (select count(*) from work) w, (select cursor from source_cursors) c`
  const [was] = await tables()
  const hooks = [
    issueHook(SECRET, 'created', issue),
    alert(),
    hookOf(SECRET, 'comment', 'created', { project_slug: 'shop', comment: 'é🌒' }),
  ]
  const accepted: number[] = []
  for (let i = 0; i < 10_000; i++) {
    if ((await send(mutated(hooks, i, dice))).status !== 401) accepted.push(i)
  }
  expect(accepted).toEqual([])
  expect(rings).toBe(before)
  expect(await due()).toBe(false)
  expect((await tables())[0]).toEqual(was)
  // And the ones they were made of are accepted.
  for (const hook of hooks) expect((await send(hook)).status).toBe(202)
})
