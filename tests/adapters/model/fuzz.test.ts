import { expect, inject, test } from 'vitest'
import { completionOf, eventsOf, messageOf, type Said } from '../../../emulators/modelBodies.ts'
import { ANSWER_MAX, guardedFetch } from '../../../lib/adapters/http/guardedFetch.ts'
import { checkOf } from '../../../lib/adapters/model/check.ts'
import { paidCall } from '../../../lib/adapters/model/paidCall.ts'
import type { Provider } from '../../../lib/adapters/model/provider.ts'
import { anthropicModel } from '../../../lib/adapters/model.anthropic.ts'
import { bedrockModel } from '../../../lib/adapters/model.bedrock.ts'
import { openaiModel } from '../../../lib/adapters/model.openai.ts'
import { GOOD, ledger, requestOf, SCHEMA, TOOL } from '../../contracts/modelRequest.ts'

/** Bodies a provider; all of them with the promises, whose suite has the time. */
const BODIES = inject('size') === 'full' ? 5000 : 500

/** The same numbers every time. */
function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return {
    below: (n: number) => Math.floor(next() * n),
    one: <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)]!,
  }
}
type Dice = ReturnType<typeof dice>

const SAID: Said[] = [
  { text: GOOD, thinking: 'Hm.' },
  { text: '', calls: [{ id: 'c', name: 'read', input: { path: 'a' } }] },
  { text: 'x'.repeat(200), stop: 'too-long' },
  { stop: 'refused' },
]

const VALUES: unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  '',
  'x',
  '__proto__',
  [],
  {},
  [null],
  { type: 'text' },
  { toString: null },
  '\u0000',
  '🦉',
]

/** Somewhere inside, something else. */
function mutate(value: unknown, random: Dice): unknown {
  if (random.below(4) === 0 || typeof value !== 'object' || value === null) return random.one(VALUES)
  if (Array.isArray(value)) {
    if (value.length === 0 || random.below(5) === 0) return [...value, random.one(VALUES)]
    const at = random.below(value.length)
    return value.with(at, mutate(value[at], random))
  }
  const keys = Object.keys(value)
  if (keys.length === 0) return { [String(random.one(VALUES))]: random.one(VALUES) }
  const key = random.one(keys)
  const { [key]: gone, ...rest } = value as Record<string, unknown>
  return random.below(5) === 0 ? rest : { ...rest, [key]: mutate(gone, random) }
}

/** Bytes left out, doubled or turned into others. */
function damage(text: string, random: Dice): string {
  const at = random.below(text.length + 1)
  const to = Math.min(text.length, at + random.below(30))
  return random.one([
    text.slice(0, at),
    text.slice(0, at) + text.slice(to),
    text.slice(0, to) + text.slice(at),
    text.slice(0, at) + random.one(['{', '"', '\n\n', '\\', '\u0000', 'data: ', '[[[[']) + text.slice(to),
  ])
}

function bodyOf(dialect: typeof messageOf, random: Dice, streamed: boolean): string {
  let body: unknown = dialect(random.one(SAID), 'm')
  for (let i = random.below(4); i > 0; i--) body = mutate(body, random)
  let text = JSON.stringify(body) ?? ''
  if (streamed) {
    try {
      text = eventsOf(body as Record<string, unknown>).join('')
    } catch {
      text = `event: message_start\ndata: ${text}\n\n`
    }
  }
  for (let i = random.below(3); i > 0; i--) text = damage(text, random)
  return text
}

const STATUSES = [200, 200, 200, 200, 200, 200, 204, 302, 400, 401, 418, 429, 500, 529]
const TYPES = ['application/json', 'text/event-stream', 'text/html', '', 'application/vnd.amazon.eventstream']

const ADAPTERS: [string, typeof messageOf, (inner: typeof fetch) => Provider][] = [
  ['anthropic', messageOf, (inner) => anthropicModel({ key: 'k', url: 'http://far.test' }, 'm', inner)],
  [
    'bedrock',
    messageOf,
    (inner) => bedrockModel({ region: 'r', bearer: 'b', keys: null, url: 'http://far.test' }, 'm', inner),
  ],
  ['openai', completionOf, (inner) => openaiModel({ key: 'k', url: 'http://far.test' }, 'm', inner)],
]

test.each(ADAPTERS)(
  `${BODIES} bodies of %s: an answer in shape or a typed failure, settled once each`,
  async (_, dialect, make) => {
    const random = dice(20261128)
    const book = ledger()
    const ends = new Map<string, number>()
    let streamed = false
    const provider = make(async () => {
      const status = random.one(STATUSES)
      const type = random.below(3) === 0 ? random.one(TYPES) : TYPES[streamed ? 1 : 0]!
      const headers = { 'content-type': type, 'retry-after-ms': '0' }
      return new Response(status === 204 ? null : bodyOf(dialect, random, streamed), { status, headers })
    })
    for (let i = 0; i < BODIES; i++) {
      streamed = i % 5 === 0
      const request = requestOf({ tools: [TOOL], schema: SCHEMA, maxTokens: streamed ? 32_000 : 2000 })
      const paid = await paidCall(provider, request, book, new AbortController().signal)
      expect(Number.isFinite(paid.usd)).toBe(true)
      if (!paid.made) throw new Error(paid.no.detail)
      const { reply } = paid
      // What is called an answer can be held to its request, whatever is in it.
      const checked = reply.ok ? checkOf(request)(reply) : null
      const end = reply.ok ? (checked?.ok ? reply.stop : 'wrong') : reply.why
      if (!reply.ok) expect(reply.detail.length).toBeGreaterThan(0)
      ends.set(end, (ends.get(end) ?? 0) + 1)
    }
    expect(book.unsettled()).toEqual([])
    // Both kinds of answers come through, and most ways of failing are met.
    for (const end of [
      'end',
      'calls',
      'wrong',
      'malformed',
      'unavailable',
      'refused',
      'too-long',
      'unauthorised',
      'rejected',
    ])
      expect({ end, met: (ends.get(end) ?? 0) > 0 }).toEqual({ end, met: true })
  },
)

test.each(ADAPTERS)('%s stops reading an endless answer at the cap', async (_, __, make) => {
  for (const [type, maxTokens] of [
    ['application/json', 2000],
    ['text/event-stream', 32_000],
  ] as const) {
    let taken = 0
    const chunk = new TextEncoder().encode(`data: ${'x'.repeat(65_000)}\n`)
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          taken += chunk.byteLength
          controller.enqueue(chunk)
        },
      })
    const inner: typeof fetch = async () => new Response(endless(), { status: 200, headers: { 'content-type': type } })
    const reply = await make(inner).ask(requestOf({ maxTokens }), new AbortController().signal)
    expect(reply).toMatchObject({ ok: false, why: 'malformed', usage: null })
    expect(taken).toBeLessThan(ANSWER_MAX + 4 * chunk.byteLength)
  }
})

test('exactly the cap is read, a byte more is not', async () => {
  const read = async (bytes: number) => {
    const response = await guardedFetch(async () => new Response(new Uint8Array(bytes)))('http://far.test')
    return (await response.arrayBuffer()).byteLength
  }
  expect(await read(ANSWER_MAX)).toBe(ANSWER_MAX)
  await expect(read(ANSWER_MAX + 1)).rejects.toThrow('longer than')
})
