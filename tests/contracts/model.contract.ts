import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EmulatedModel, emulateModel, type Mood } from '../../emulators/model.ts'
import { newHealth } from '../../lib/adapters/model/health.ts'
import { liveModel } from '../../lib/adapters/model/live.ts'
import type { Provider } from '../../lib/adapters/model/provider.ts'
import type { ModelAnswer, ModelFailure, ModelRequest } from '../../lib/domain/model.ts'
import { GOOD, type Ledger, ledger, PUT_ASIDE, requestOf, SCHEMA, TOOL } from './modelRequest.ts'

const KEY = 'key-of-the-emulated-provider-0123456789'

export interface ModelContract {
  name: string
  make(url: string, key: string): Provider
  /** Whether it streams long answers. */
  streams: boolean
}

/** Twice a wait of half a second is waited out for a provider that is down: such tests take two seconds. */
const OUTAGES: [string, Mood, ModelFailure, number, 'free' | 'in full'][] = [
  ['500', { fails: 500 }, 'unavailable', 3, 'free'],
  ['504 of a gateway', { fails: 504, headers: { 'retry-after-ms': '5' } }, 'unavailable', 3, 'in full'],
  ['408', { fails: 408, headers: { 'retry-after-ms': '5' } }, 'unavailable', 3, 'in full'],
  ['529', { fails: 529, headers: { 'retry-after-ms': '5' } }, 'unavailable', 3, 'free'],
  ['429, soon', { fails: 429, headers: { 'retry-after': '0.005' } }, 'limited', 3, 'free'],
  ['429, in an hour', { fails: 429, headers: { 'retry-after': '3600' } }, 'limited', 1, 'free'],
  ['400', { fails: 400, message: 'unheard of' }, 'rejected', 1, 'free'],
  ['400 for its length', { fails: 400, message: 'prompt is too long' }, 'too-long', 1, 'free'],
  ['401', { fails: 401 }, 'unauthorised', 1, 'free'],
  ['402', { fails: 402 }, 'unauthorised', 1, 'free'],
  ['403', { fails: 403 }, 'unauthorised', 1, 'free'],
  ['404', { fails: 404 }, 'unavailable', 1, 'free'],
  ['413', { fails: 413 }, 'too-long', 1, 'free'],
  ['a redirect', { redirects: 'http://127.0.0.1:1/elsewhere' }, 'unavailable', 1, 'free'],
  ['a body cut off', 'cut-off', 'unavailable', 3, 'in full'],
  ['a connection reset', 'resets', 'unavailable', 3, 'in full'],
  ['silence', 'hangs', 'timed-out', 1, 'in full'],
  ['silence in the middle', 'hangs-midway', 'timed-out', 1, 'in full'],
  [
    'a page instead of JSON',
    { raw: '<!doctype html><h1>Bad gateway</h1>', type: 'text/html' },
    'malformed',
    2,
    'in full',
  ],
  ['a page called JSON', { raw: '<h1>Bad gateway</h1>' }, 'malformed', 2, 'in full'],
  ['half a JSON', { raw: '{"content":[{"type":"text","te' }, 'malformed', 2, 'in full'],
  ['nothing', { raw: '' }, 'malformed', 2, 'in full'],
  ['null', { raw: 'null' }, 'malformed', 2, 'in full'],
  ['another JSON', { raw: '{"content":5,"choices":5,"usage":"much"}' }, 'malformed', 2, 'in full'],
  ['ten megabytes', 'huge', 'malformed', 2, 'in full'],
]

/** What every provider promises, seen through the port. */
export function modelContract({ name, make, streams }: ModelContract): void {
  describe(name, () => {
    let far: EmulatedModel
    let book: Ledger
    let provider: Provider
    beforeAll(async () => {
      far = await emulateModel()
    })
    afterAll(() => far.close())
    beforeEach(() => {
      far.heard = []
      far.taken = 0
      book = ledger()
      provider = make(far.url, KEY)
    })

    const ask = (request: ModelRequest, ...moods: Mood[]): Promise<ModelAnswer> => {
      far.moods = moods
      const routes = { diagnose: [provider], test: [], fix: [], review: [] }
      return liveModel(routes, { budget: book, health: newHealth(), transcript: undefined }).ask(request)
    }

    test('an answer, its usage, its price, and one reservation settled once', async () => {
      const usage = { input: 7, output: 3, cacheRead: 5 }
      const answer = await ask(requestOf(), { says: { text: 'A null.', thinking: '', usage } })
      expect(answer).toMatchObject({ ok: true, model: provider.name, stop: 'end', tried: [], usd: PUT_ASIDE / 10 })
      expect(answer.usage).toEqual({ input: 7, output: 3, cacheRead: 5, cacheWrite: 0 })
      expect(answer.ok && answer.blocks.at(-1)).toEqual({ type: 'text', text: 'A null.' })
      expect([book.reserved, book.unsettled()]).toEqual([[1], []])
    })

    test('its key goes in the header, and no setting that providers refuse goes at all', async () => {
      await ask(requestOf({ schema: SCHEMA, tools: [TOOL] }), { says: { text: GOOD } })
      const [{ headers, body }] = far.heard as [(typeof far.heard)[number]]
      expect(headers.authorization).toBe(`Bearer ${KEY}`)
      for (const gone of ['temperature', 'top_p', 'top_k', 'tool_choice', 'thinking'])
        expect(body).not.toHaveProperty(gone)
      expect(JSON.stringify(body)).not.toMatch(/budget_tokens|prefill/)
      expect(JSON.stringify(body)).toContain('"additionalProperties":false')
    })

    test('calls of tools, and what they answered goes back', async () => {
      const calls = [
        { id: 'c1', name: 'read', input: { path: 'a.ts' } },
        { id: 'c2', name: 'read', input: { path: 'b.ts' } },
      ]
      const request = requestOf({ tools: [TOOL] })
      const first = await ask(request, { says: { text: '', thinking: 'Hm.', calls } })
      expect(first).toMatchObject({ ok: true, stop: 'calls' })
      if (!first.ok) return
      expect(first.blocks.filter(({ type }) => type === 'call')).toEqual(
        calls.map((call) => ({ type: 'call', ...call })),
      )
      const results = calls.map(({ id }) => ({ type: 'result' as const, id, text: `of ${id}`, error: id === 'c2' }))
      const turns = [
        ...request.turns,
        { role: 'assistant' as const, blocks: first.blocks },
        { role: 'user' as const, blocks: [{ type: 'text' as const, text: 'Go on.' }, ...results] },
      ]
      expect(await ask({ ...request, turns }, { says: { text: 'Done.' } })).toMatchObject({ ok: true, stop: 'end' })
      const sent = JSON.stringify(far.heard[1]?.body.messages)
      for (const part of ['c1', 'c2', 'of c1', 'of c2', 'Go on.', 'a.ts']) expect(sent).toContain(part)
      expect(sent.indexOf('of c2')).toBeLessThan(sent.indexOf('Go on.'))
    })

    test('the answer alone is asked for with the tools still named, and a call is none', async () => {
      const blocks = [{ type: 'call' as const, id: 'c1', name: 'read', input: { path: 'a.ts' } }]
      const turns = [
        ...requestOf().turns,
        { role: 'assistant' as const, blocks },
        { role: 'user' as const, blocks: [{ type: 'result' as const, id: 'c1', text: 'nothing', error: false }] },
      ]
      const last = requestOf({ turns, tools: [TOOL], answerNow: true })
      const call = { says: { calls: [{ id: 'c2', name: 'read', input: { path: 'b.ts' } }] } }
      expect(await ask(last, call, { says: { text: 'A null.' } })).toMatchObject({ ok: true, stop: 'end' })
      for (const { body } of far.heard) {
        expect(body.tools).toHaveLength(1)
        expect(JSON.stringify(body.tool_choice)).toContain('none')
      }
      expect(JSON.stringify(far.heard[1]?.body.messages)).toContain('no tool is run any more')
    })

    test('an answer against the schema is told once what is wrong with it', async () => {
      const wrong = { says: { text: '{"cause":5}' } }
      const answer = await ask(requestOf({ schema: SCHEMA }), wrong, { says: { text: GOOD } })
      expect(answer).toMatchObject({ ok: true, usage: { input: 200, output: 40 } })
      expect(JSON.stringify(far.heard[1]?.body.messages)).toContain('cause: ')
      expect([book.reserved, book.unsettled()]).toEqual([[1, 2], []])
      const twice = await ask(requestOf({ schema: SCHEMA }), wrong)
      expect(twice).toMatchObject({ ok: false, why: 'malformed' })
      expect(far.heard).toHaveLength(4)
    })

    test.each<[string, Mood]>([
      ['two calls by one id', { says: { calls: [1, 2].map(() => ({ id: 'c', name: 'read', input: { path: 'a' } })) } }],
      ['no call at all', { says: { stop: 'calls', calls: [] } }],
      ['nothing', { says: { text: '' } }],
    ])('%s is no answer', async (_, mood) => {
      expect(await ask(requestOf({ tools: [TOOL] }), mood)).toMatchObject({ ok: false, why: 'malformed' })
      expect(book.unsettled()).toEqual([])
    })

    test.each([
      ['a tool there is none of', 'rm', { path: '/' }],
      ['an input it does not take', 'read', { path: 5 }],
    ])('%s is for whoever runs the tools to answer', async (_, name, input) => {
      const mood = { says: { calls: [{ id: 'c', name, input }] } }
      expect(await ask(requestOf({ tools: [TOOL] }), mood)).toMatchObject({ ok: true, stop: 'calls' })
      expect(far.heard).toHaveLength(1)
    })

    test.each<[string, Mood, ModelFailure]>([
      ['a refusal', { says: { stop: 'refused' } }, 'refused'],
      ['an answer that was too long', { says: { stop: 'too-long', text: '{"cause":"nu' } }, 'too-long'],
    ])('%s is said, and paid for', async (_, mood, why) => {
      const answer = await ask(requestOf({ schema: SCHEMA }), mood)
      expect(answer).toMatchObject({ ok: false, why, usage: { input: 100, output: 20 }, usd: PUT_ASIDE / 10 })
      expect(far.heard).toHaveLength(1)
    })

    test('an answer that does not say what it used costs what was put aside', async () => {
      expect(await ask(requestOf(), { says: { usage: null } })).toMatchObject({ ok: true, usd: PUT_ASIDE })
      const absurd = { input: 1e300, output: -1 }
      expect(await ask(requestOf(), { says: { usage: absurd } })).toMatchObject({ ok: true, usd: PUT_ASIDE })
    })

    for (const [what, mood, why, calls, price] of OUTAGES)
      test(`${what}: a typed failure, asked ${calls} times, settled once each`, async () => {
        const timeoutMs = why === 'timed-out' ? 300 : 20_000
        const answer = await ask(requestOf({ timeoutMs }), mood)
        expect(answer).toMatchObject({ ok: false, why, tried: [{ model: provider.name, why }] })
        expect(far.heard).toHaveLength(calls)
        expect([book.reserved.length, book.unsettled()]).toEqual([calls, []])
        expect(answer.usd).toBe(price === 'free' ? 0 : calls * PUT_ASIDE)
        expect(JSON.stringify(answer)).not.toContain(KEY)
        if (mood === 'huge') expect(far.taken).toBeLessThan(9 * 1024 * 1024)
      })

    test('nobody listens', async () => {
      const gone = await emulateModel()
      await gone.close()
      provider = make(gone.url, KEY)
      expect(await ask(requestOf(), { says: {} })).toMatchObject({ ok: false, why: 'unavailable', usd: 0 })
    })

    test('a key that a provider repeats in its complaint is not repeated by us', async () => {
      const answer = await ask(requestOf(), { fails: 401, message: `invalid x-api-key: ${KEY}` })
      expect(answer).toMatchObject({ ok: false, why: 'unauthorised' })
      expect(JSON.stringify(answer)).not.toContain(KEY)
    })

    test('a redirect takes the key nowhere', async () => {
      const other = await emulateModel()
      await ask(requestOf(), { redirects: `${other.url}/v1/messages` })
      expect(other.heard).toEqual([])
      await other.close()
    })

    if (!streams) return

    test('a long answer is streamed: text, thinking, calls and usage', async () => {
      const calls = [{ id: 'c1', name: 'read', input: { path: 'a.ts' } }]
      const usage = { input: 7, output: 3, cacheRead: 5, cacheWrite: 2 }
      const long = requestOf({ maxTokens: 12_000, tools: [TOOL] })
      const answer = await ask(long, { says: { text: 'Look.', thinking: 'Hm.', calls, usage } })
      const [{ path, body }] = far.heard as [(typeof far.heard)[number]]
      expect(body.stream === true || path.endsWith('-stream')).toBe(true)
      expect(answer).toMatchObject({ ok: true, stop: 'calls', usage })
      expect(answer.ok && answer.blocks.map(({ type }) => type)).toEqual(['opaque', 'text', 'call'])
    })

    for (const [what, mood, why] of OUTAGES.filter(([, one]) => typeof one === 'string' && one !== 'huge'))
      test(`${what}, streamed`, async () => {
        const timeoutMs = why === 'timed-out' ? 300 : 20_000
        expect(await ask(requestOf({ maxTokens: 12_000, timeoutMs }), mood)).toMatchObject({ ok: false, why })
        expect(book.unsettled()).toEqual([])
      })

    test.each<[string, ModelFailure]>([
      ['overloaded_error', 'unavailable'],
      ['api_error', 'unavailable'],
      ['rate_limit_error', 'limited'],
      ['invalid_request_error', 'rejected'],
    ])('a stream that breaks off with %s', async (type, why) => {
      const answer = await ask(requestOf({ maxTokens: 12_000 }), { breaksOff: type })
      expect(answer).toMatchObject({ ok: false, why })
      expect(answer.usd).toBe(book.reserved.length * PUT_ASIDE)
    })
  })
}
