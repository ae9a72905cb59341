import { afterEach, beforeEach, expect, test } from 'vitest'
import { sentrySource } from '../../lib/adapters/source.sentry.ts'
import { type Asked, asked, fault, HOUR, held, idsOf, MINUTE, SLUG } from '../sources/sentry.ts'

let a: Asked
beforeEach(async () => {
  a = await asked()
})
afterEach(() => a.sentry.close())

const take = (name?: string, ago = 0, more: object = {}) =>
  a.sentry.store.take(SLUG, fault(name, more), { received: a.sentry.store.now() - ago })
const calls = (path: RegExp) => a.sentry.log.filter((call) => path.test(call.path))

const TOKEN = 'reader-token-of-acme'
test.each<[string, () => void, object]>([
  ['an expired token', () => delete a.sentry.tokens[TOKEN], { state: 'unauthorized' }],
  ['a token without the scope', () => (a.sentry.tokens[TOKEN] = ['org:read']), { state: 'forbidden' }],
  ['a project that is not there', () => a.sentry.store.projects.splice(0), { state: 'missing' }],
  ['an outage', () => fails({ kind: 'before', status: 503 }), { state: 'unreachable' }],
  ['an answer that breaks off', () => fails({ kind: 'cut' }), { state: 'unreachable' }],
  ['no answer', () => fails({ kind: 'lost' }), { state: 'unreachable' }],
  ['an answer that takes too long', () => fails({ kind: 'slow', ms: 3000 }), { state: 'unreachable' }],
  ['another shape', () => fails({ kind: 'says', body: '[{"id":7}]' }), { state: 'unreachable' }],
  ['a page instead of JSON', () => fails({ kind: 'says', body: '<html>' }), { state: 'unreachable' }],
  ['a redirect', () => fails({ kind: 'redirects', to: 'http://127.0.0.1:1/api/0/' }), { state: 'unreachable' }],
  ['a limit', () => fails({ kind: 'limit', seconds: 90 }), { state: 'limited', again: expect.any(Date) }],
])('%s has a name, moves no cursor, and is over when it is over', async (_, spoil, said) => {
  await a.drain()
  const before = a.cursor
  take()
  const kept = { ...a.sentry.tokens, [TOKEN]: ['event:read' as const] }
  spoil()
  const poll = await a.poll()
  expect(poll).toMatchObject({ events: [], cursor: before, readUntil: null, more: false, trouble: said })
  expect(JSON.stringify(poll)).not.toContain(TOKEN)
  a.sentry.tokens = kept
  a.sentry.store.project(SLUG)
  a.sentry.faults = []
  expect(idsOf(await a.drain())).toEqual(held(a.sentry))
})
const fails = (what: (typeof a.sentry.faults)[number]['what'], on = /GET/) => {
  a.sentry.faults = [{ on, times: 1, what }]
}

test('what Sentry says of a refusal is shown as text, and cut', async () => {
  fails({ kind: 'before', status: 403, body: JSON.stringify({ detail: `\u001b[2J\u202e${'x'.repeat(9000)}` }) })
  const { trouble } = await a.poll()
  expect(trouble!.why.length).toBeLessThan(400)
  for (const raw of ['\u001b', '\u202e']) expect(trouble!.why).not.toContain(raw)
})

test('a limit is waited for until it says, a second at least and an hour at most', async () => {
  const waits = async (seconds: number) => {
    fails({ kind: 'limit', seconds })
    return ((await a.poll()).trouble!.again!.getTime() - Date.now()) / 1000
  }
  expect(await waits(90)).toBeGreaterThan(87)
  expect(await waits(-500)).toBeGreaterThan(0.5)
  expect(await waits(9_000_000)).toBeLessThanOrEqual(3600)
})

test('the last call of a window is not followed by another, and what was read is kept', async () => {
  for (let i = 0; i < 9; i++) take(`f${i}`)
  a.sentry.limits = { calls: 4, windowMs: 700, atOnce: 10 }
  const poll = await a.poll()
  expect(poll.trouble).toMatchObject({ state: 'limited' })
  expect(a.sentry.log.length).toBe(4)
  const told = [...poll.events]
  for (let i = 0; i < 20 && idsOf(told).length < 9; i++) {
    await new Promise((resolve) => setTimeout(resolve, 750))
    told.push(...(await a.poll()).events)
  }
  expect(idsOf(told)).toEqual(held(a.sentry))
})

test('errors, limits and time-outs in the middle lose nothing', async () => {
  a.sentry.pageSize = 3
  for (let i = 0; i < 8; i++) for (let n = 0; n < 5; n++) take(`f${i}`, i * HOUR + n * MINUTE)
  const at = [2, 5, 9, 11, 14, 18, 23, 27, 31, 36, 44]
  const kinds = ['before', 'after', 'cut', 'lost', 'limit'] as const
  let n = 0
  a.sentry.meanwhile = () => {
    n += 1
    const kind = kinds[n % kinds.length]!
    const what =
      kind === 'limit' ? { kind, seconds: 1 } : kind === 'cut' || kind === 'lost' ? { kind } : { kind, status: 502 }
    if (at.includes(n)) a.sentry.faults.push({ on: /GET/, times: 1, what })
  }
  expect(idsOf(await a.drain())).toEqual(held(a.sentry))
  expect(n).toBeGreaterThanOrEqual(44)
})

test('one issue that cannot be read keeps no other from being read, and is read when it can be', async () => {
  const bad = take('bad')
  take('good', HOUR)
  a.sentry.faults = [{ on: new RegExp(`issues/${bad.id}/events`), times: 3, what: { kind: 'before', status: 500 } }]
  const first = await a.poll()
  expect(first).toMatchObject({ readUntil: null, more: false, trouble: { state: 'unreachable' } })
  expect(first.events).toHaveLength(1)
  a.sentry.store.ahead += 5 * HOUR
  take('later')
  const second = await a.poll()
  expect(second.events).toHaveLength(1)
  expect(second.readUntil).toBeNull()
  expect(idsOf([...first.events, ...second.events, ...(await a.drain())])).toEqual(held(a.sentry))
})

test('an issue that was deleted meanwhile is no trouble', async () => {
  take()
  a.sentry.faults = [{ on: /events/, times: 1, what: { kind: 'before', status: 404 } }]
  expect(await a.poll()).toMatchObject({ events: [], trouble: null, readUntil: expect.any(Date) })
})

test('events too long together are read fewer at a time', async () => {
  for (let i = 0; i < 40; i++) take('big', i * MINUTE, { extra: { text: 'x'.repeat(900_000) } })
  expect(idsOf(await a.drain())).toEqual(held(a.sentry))
  expect([...new Set(calls(/events/).map(({ query }) => query.get('per_page')))]).toEqual(['100', '10'])
})

test('the emulated API has Sentry’s habits', async () => {
  const issue = take()
  take('two')
  a.sentry.pageSize = 1
  const get = (path: string, token = TOKEN, init: RequestInit = {}) =>
    fetch(`${a.sentry.url}/api/0${path}`, {
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}` },
      ...init,
    })
  const last = await get('/organizations/acme/issues/?cursor=0:1:0')
  expect(last.headers.get('link')).toMatch(/rel="next"; results="false"; cursor="0:2:0"/)
  expect((await get('/organizations/acme/issues/')).headers.get('link')).toMatch(/rel="next"; results="true"/)
  expect((await get('/organizations/acme/issues', TOKEN, { method: 'PUT', body: '{}' })).status).toBe(301)
  expect(await (await get(`/organizations/acme/issues/${issue.id}/`, TOKEN, { method: 'PUT' })).json()).toMatchObject({
    detail: expect.any(String),
  })
  const found = async (query: string) =>
    ((await (await get(`/organizations/acme/issues/?query=${encodeURIComponent(query)}`)).json()) as unknown[]).length
  a.sentry.pageSize = 100
  issue.status = 'resolved'
  expect([await found('is:unresolved'), await found(''), await found('is:resolved lastSeen:-10m')]).toEqual([1, 2, 1])
  expect(await (await get('/organizations/acme/issues/?collapse=stats')).json()).not.toContainEqual(
    expect.objectContaining({ lastSeen: expect.anything() }),
  )
  expect([await found('lastSeen:+10m'), await found('lastSeen:>2030-01-01T00:00:00Z')]).toEqual([0, 0])
  const latest = (await (await get(`/organizations/acme/issues/${issue.id}/events/latest/`)).json()) as object
  expect(latest).toMatchObject({ eventID: issue.events[0]!.id, entries: [{ type: 'exception' }] })
  a.sentry.store.take(SLUG, fault('launch'))
  expect(issue).toMatchObject({ status: 'unresolved', substatus: 'regressed' })
})

test('credentials follow no redirect', async () => {
  const other = await asked()
  fails({ kind: 'redirects', to: `${other.sentry.url}/api/0/organizations/acme/issues/` })
  expect((await a.poll()).trouble).toMatchObject({ state: 'unreachable' })
  expect(other.sentry.log).toEqual([])
  await other.sentry.close()
})

test('an issue whose number would lead elsewhere is not asked about', async () => {
  fails({
    kind: 'says',
    body: JSON.stringify([{ id: '../../projects/acme/other', lastSeen: new Date().toISOString() }]),
  })
  expect((await a.poll()).trouble).toMatchObject({ state: 'unreachable' })
  expect(a.sentry.log).toHaveLength(1)
})

test('no call is begun once the time of a poll is over', async () => {
  for (let i = 0; i < 5; i++) a.sentry.store.take(SLUG, fault(`f${i}`))
  a.sentry.faults = [{ on: /./, times: 100, what: { kind: 'slow', ms: 300 } }]
  const hurried = sentrySource({ url: a.sentry.url, org: a.sentry.org, token: TOKEN }, SLUG, 200)
  const poll = await hurried.poll(null)
  expect(a.sentry.log).toHaveLength(1)
  expect(poll).toMatchObject({ more: true, trouble: null })
})

test('an issue that never can be read keeps nothing up for ever', async () => {
  const issue = a.sentry.store.take(SLUG, fault())
  a.sentry.faults = [{ on: /events/, times: 100, what: { kind: 'before', status: 500 } }]
  const { cursor } = await a.poll()
  const pass = JSON.parse(cursor!)
  expect(pass.todo).toMatchObject([{ issue: issue.id, tries: 1 }])
  const good = a.sentry.store.take(SLUG, fault('good'))
  const todo = [
    { ...pass.todo[0], issue: good.id },
    { ...pass.todo[0], tries: 49 },
  ]
  const nearly = { ...pass, since: Date.now(), from: Date.now(), todo }
  a.sentry.faults = [{ on: new RegExp(`${issue.id}/events`), times: 100, what: { kind: 'before', status: 500 } }]
  const { cursor: after } = await a.source.poll(JSON.stringify(nearly))
  expect(JSON.parse(after!).todo).toEqual([])
})
