import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Asked, asked, fault, HOUR, held, idsOf, MINUTE, SLUG } from '../sources/sentry.ts'

let a: Asked
beforeEach(async () => {
  a = await asked()
})
afterEach(() => a.sentry.close())

const take = (name?: string, ago = 0, more: object = {}) =>
  a.sentry.store.take(SLUG, fault(name, more), { received: a.sentry.store.now() - ago })
const calls = (path: RegExp) => a.sentry.log.filter((call) => path.test(call.path))

test('what came is told, with when it came, in the SDK’s shape; then nothing but what is new', async () => {
  const issue = take()
  const { events, more, trouble, readUntil } = await a.poll()
  expect(events).toMatchObject([{ id: issue.events[0]!.id, body: { environment: 'production', level: 'error' } }])
  expect(events[0]!.at.getTime()).toBe(issue.events[0]!.received)
  expect({ more, trouble }).toEqual({ more: false, trouble: null })
  // What came just now may not be shown yet, so that far nothing is claimed.
  expect(Math.abs(Date.now() - 30_000 - readUntil!.getTime())).toBeLessThan(3000)
  take('relaunch')
  expect(idsOf((await a.poll()).events)).toEqual(held(a.sentry))
})

test('it asks as the API is to be asked: a slash at the end, one project, resolved issues too, whole events', async () => {
  take()
  await a.poll()
  const [list] = calls(/issues\/$/)
  expect(list!.path).toBe('/organizations/acme/issues/')
  expect(Object.fromEntries(list!.query)).toMatchObject({ query: '', project: SLUG, sort: 'date', limit: '100' })
  const [events] = calls(/events\/$/)
  expect(Object.fromEntries(events!.query)).toMatchObject({ full: 'true', per_page: '100' })
  expect(new Set(a.sentry.log.map(({ method }) => method))).toEqual(new Set(['GET']))
})

test('one of another project is not asked for', async () => {
  a.sentry.store.take('other', fault('other'))
  expect((await a.poll()).events).toEqual([])
})

test('a resolved issue is heard, an archived one and one that is no error are not', async () => {
  take('resolved').status = 'resolved'
  take('archived').status = 'ignored'
  take('slow').category = 'performance'
  expect((await a.poll()).events).toHaveLength(1)
})

test('the first look goes a day back; a gap of hours is filled up, page after page', async () => {
  take('old', 25 * HOUR)
  for (let i = 0; i < 7; i++) for (const name of ['one', 'two', 'three']) take(name, (i + 1) * HOUR)
  a.sentry.pageSize = 2
  expect(idsOf(await a.drain())).toEqual(held(a.sentry).filter((id) => id !== a.sentry.store.issues[0]!.events[0]!.id))
  a.sentry.store.ahead += 9 * HOUR
  for (let i = 0; i < 9; i++) take('two', i * HOUR)
  const gap = a.sentry.store.issues[2]!.events.slice(7)
  expect(idsOf(await a.drain())).toEqual(expect.arrayContaining(idsOf(gap)))
})

test('no more than three calls at once, and thirty a poll: the rest is for the next', async () => {
  for (let i = 0; i < 70; i++) take(`f${i}`, i * MINUTE)
  a.sentry.faults = [{ on: /events/, times: 100, what: { kind: 'slow', ms: 5 } }]
  const first = await a.poll()
  expect(first).toMatchObject({ more: true, readUntil: null, trouble: null })
  expect(a.sentry.log.length).toBe(30)
  expect(a.sentry.atOnce).toBe(3)
  expect(idsOf([...first.events, ...(await a.drain())])).toEqual(held(a.sentry))
})

test('of a flood a thousand events or so a poll are read, the newest of each issue first', async () => {
  for (let i = 0; i < 1500; i++) take('flood', i * 1000)
  take('quiet', HOUR)
  const first = await a.poll()
  expect(first.events.length).toBeGreaterThanOrEqual(1000)
  expect(first.events.length).toBeLessThan(1400)
  expect(first).toMatchObject({ more: true, trouble: null })
  expect(idsOf(first.events)).toContain(a.sentry.store.issues[1]!.events[0]!.id)
  expect(idsOf([...first.events, ...(await a.drain())])).toEqual(held(a.sentry))
})

test('what came long after it happened is told with what its issue tells', async () => {
  take()
  await a.drain()
  a.sentry.store.ahead += HOUR
  a.sentry.store.take(SLUG, fault(), { happened: a.sentry.store.now() - 3 * HOUR })
  take()
  expect(idsOf(await a.drain())).toEqual(held(a.sentry))
})

test('the same cursor twice tells the same twice', async () => {
  take()
  const one = await a.source.poll(a.cursor)
  const two = await a.source.poll(a.cursor)
  expect(idsOf(two.events)).toEqual(idsOf(one.events))
  for (const cursor of ['', 'x', '{}', '{"since":"now"}', '[1]'])
    expect(idsOf((await a.source.poll(cursor)).events)).toEqual(idsOf(one.events))
})

test('an issue that moves to the front while pages are turned is not lost', async () => {
  for (let i = 0; i < 9; i++) take(`f${i}`, i * HOUR)
  a.sentry.pageSize = 3
  let moved = false
  a.sentry.meanwhile = ({ path, query }) => {
    // After the first page: the last issue of all gets an event, and slips past the pages that are still to come.
    if (moved || !path.endsWith('/issues/') || !query.get('cursor')) return
    moved = true
    take('f8')
  }
  expect(idsOf(await a.drain())).toEqual(held(a.sentry))
  expect(moved).toBe(true)
})

test('lists that are behind for some minutes lose nothing', async () => {
  take('seen', 20 * MINUTE)
  take('late', 3 * MINUTE)
  a.sentry.faults = [{ on: /GET/, times: 100, what: { kind: 'stale', ms: 5 * MINUTE } }]
  expect(await a.drain()).toHaveLength(1)
  a.sentry.faults = []
  expect(idsOf(await a.drain())).toEqual(expect.arrayContaining([a.sentry.store.issues[1]!.events[0]!.id]))
})

test('a clock of ours that is wrong loses nothing: Sentry’s own is gone by', async () => {
  a.sentry.store.ahead = -2 * HOUR
  await a.drain()
  a.sentry.store.ahead += MINUTE
  take()
  expect(await a.drain()).toHaveLength(1)
})
