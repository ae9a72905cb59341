import { afterEach, beforeEach, expect, test } from 'vitest'
import { sentryApi } from '../../../lib/adapters/sentry/api.ts'
import { type Pass, passFrom } from '../../../lib/adapters/sentry/pass.ts'
import { SentryTrouble } from '../../../lib/adapters/sentry/trouble.ts'
import { type Asked, asked, fault, HOUR, held, idsOf, MINUTE, SLUG } from '../../sources/sentry.ts'

/** When a poll stops, what it carries on, and what of the far side is in its words. */
let a: Asked
beforeEach(async () => {
  a = await asked()
})
afterEach(() => a.sentry.close())

const TOKEN = 'reader-token-of-acme'
const take = (name?: string, ago = 0) =>
  a.sentry.store.take(SLUG, fault(name), { received: a.sentry.store.now() - ago })
const fails = (on: RegExp, what: (typeof a.sentry.faults)[number]['what'], times = 100) => {
  a.sentry.faults = [{ on, times, what }]
}
const at = (pass: Pass) => a.source.poll(JSON.stringify(pass))
const todo = (issue: string, more: Partial<Pass['todo'][number]> = {}) => ({
  ...{ issue, since: Date.now() - HOUR, page: null, size: 100, tries: 0 },
  ...more,
})

test('where the events of issue after issue fail it is Sentry that fails, and is left alone', async () => {
  for (let i = 0; i < 20; i++) take(`f${i}`, i * MINUTE)
  fails(/events/, { kind: 'before', status: 500 })
  expect((await a.poll()).trouble).toMatchObject({ state: 'unreachable' })
  // The list, and one batch.
  expect(a.sentry.log).toHaveLength(4)
  a.sentry.faults = []
  expect(idsOf(await a.drain())).toEqual(held(a.sentry))
})

test('a token that may not read events any more ends the poll with the first of them', async () => {
  for (let i = 0; i < 20; i++) take(`f${i}`, i * MINUTE)
  fails(/events/, { kind: 'before', status: 403 }, 1)
  expect((await a.poll()).trouble).toMatchObject({ state: 'forbidden' })
  expect(a.sentry.log).toHaveLength(4)
})

test('a limit is what is told, whatever else went wrong beside it', async () => {
  const issues = ['a', 'b', 'c'].map((name) => take(name))
  a.sentry.faults = [
    { on: new RegExp(`${issues[0]!.id}/events`), times: 1, what: { kind: 'limit', seconds: 60 } },
    { on: new RegExp(`${issues[1]!.id}/events`), times: 1, what: { kind: 'before', status: 403 } },
  ]
  const pass = { ...passFrom(Date.now() - HOUR), until: Date.now(), listed: true, pages: 1 }
  const poll = await at({ ...pass, todo: issues.map(({ id }) => todo(id)) })
  expect(poll.trouble).toMatchObject({ state: 'limited', again: expect.any(Date) })
  expect(poll.events).toHaveLength(1)
})

test('an issue is not given up while Sentry answers nobody at all', async () => {
  const issue = take()
  fails(/./, { kind: 'before', status: 500 })
  const pass = { ...passFrom(Date.now() - HOUR), until: Date.now(), listed: true, pages: 1 }
  const before = { ...pass, todo: [todo(issue.id, { tries: 49 })] }
  const poll = await at(before)
  expect(JSON.parse(poll.cursor!).todo).toMatchObject([{ issue: issue.id }])
  a.sentry.faults = []
  a.cursor = poll.cursor
  expect(idsOf(await a.drain())).toEqual(held(a.sentry))
})

test('one that fails, is listed again and fails again is carried once, from where it was to be read before', async () => {
  take('old', 50 * MINUTE)
  const issue = take('old', MINUTE)
  const from = Date.now() - 5 * MINUTE
  const failing = { ...passFrom(from), todo: [todo(issue.id, { tries: 49 })] }
  fails(/events/, { kind: 'before', status: 500 }, 2)
  const poll = await at(failing)
  const carried = JSON.parse(poll.cursor!).todo as Pass['todo']
  expect(carried.map((one) => one.issue)).toEqual([issue.id])
  expect(carried[0]!.since).toBeLessThan(Date.now() - 59 * MINUTE)
  a.cursor = poll.cursor
  expect(idsOf([...poll.events, ...(await a.drain())])).toEqual(held(a.sentry))
})

test('an event from a clock that is ahead happened now at the latest', async () => {
  a.sentry.store.take(SLUG, fault(), { received: Date.now() + 3 * HOUR })
  const [event] = await a.drain()
  expect(event!.at.getTime()).toBeLessThanOrEqual(Date.now())
})

test('of the network only its kind is told: no host, no port, no token', async () => {
  const away = await asked(TOKEN)
  await away.sentry.close()
  const { trouble } = await away.poll()
  expect(trouble).toEqual({ state: 'unreachable', why: 'Sentry could not be reached (ECONNREFUSED)', again: null })
})

const answering = (status: number, body: string | null, seen: string[] = []) =>
  sentryApi({
    ...{ url: 'https://sentry.example/', org: '../evil?x=', token: TOKEN },
    fetch: async (address) => {
      seen.push(String(address))
      return new Response(body, { status })
    },
  })

test('an organization’s name is one part of the address, whatever is in it', async () => {
  const seen: string[] = []
  await answering(200, '[]', seen).get('/issues//', { query: '' })
  expect(seen).toEqual(['https://sentry.example/api/0/organizations/..%2Fevil%3Fx%3D/issues/?query='])
})

test('a write that is answered with nothing is done; an empty answer to a question is none', async () => {
  expect((await answering(204, null).put('/issues/1', { status: 'resolved' })).json).toBeNull()
  await expect(answering(200, '').get('/issues')).rejects.toBeInstanceOf(SentryTrouble)
})

test('events that are no list are no silence', async () => {
  take()
  fails(/events/, { kind: 'says', json: { detail: 'later' } }, 1)
  expect(await a.poll()).toMatchObject({
    ...{ events: [], readUntil: null },
    trouble: { state: 'unreachable', why: 'Sentry’s list of events is not what it should be' },
  })
  expect(idsOf(await a.drain())).toEqual(held(a.sentry))
})
