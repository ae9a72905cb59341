import { expect, test } from 'vitest'
import { newHealth } from '../../../lib/adapters/model/health.ts'
import type { Setback } from '../../../lib/adapters/model/provider.ts'
import type { ModelFailure } from '../../../lib/domain/model.ts'
import { GOOD, ledger, requestOf, SCHEMA } from '../../contracts/modelRequest.ts'
import { fails, modelOver, says, scripted } from './scripted.ts'

const REQUEST = requestOf()

test.each<[ModelFailure, number | null, 'over' | 'no further']>([
  ['unavailable', null, 'over'],
  ['limited', 60_000, 'over'],
  ['timed-out', null, 'over'],
  ['refused', null, 'over'],
  ['malformed', null, 'over'],
  ['unauthorised', null, 'over'],
  ['rejected', null, 'no further'],
  ['too-long', null, 'no further'],
])('%s (again in %j ms): %s', async (why, againInMs, next) => {
  const book = ledger()
  const [first, second] = [scripted('a', fails(why, againInMs)), scripted('b', says('Yes.'))]
  const answer = await modelOver(book, [first, second]).ask(REQUEST)
  const tried = [{ model: 'a', why, detail: `emulated ${why}` }]
  if (next === 'over') expect(answer).toMatchObject({ ok: true, model: 'b', tried })
  else expect(answer).toMatchObject({ ok: false, why, tried })
  expect(second.asked).toHaveLength(next === 'over' ? 1 : 0)
  // Nobody waits for what takes longer than the question has time.
  expect(answer.ms).toBeLessThan(8000)
  expect(book.unsettled()).toEqual([])
})

test('whoever is down for a moment, or busy for a moment, is asked again up to twice', async () => {
  const flaky = scripted('a', fails('unavailable', 1), fails('limited', 1), says('Yes.'))
  expect(await modelOver(ledger(), [flaky]).ask(REQUEST)).toMatchObject({ ok: true, model: 'a', tried: [] })
  const down = scripted('a', fails('unavailable', 1))
  await modelOver(ledger(), [down, scripted('b', says('Yes.'))]).ask(REQUEST)
  expect(down.asked).toHaveLength(3)
})

test('a long limit is waited out where nobody else is left and there is time, and not a moment where there is not', async () => {
  const [refused, busy] = [scripted('c', fails('unauthorised')), scripted('a', fails('limited', 10_100), says('Yes.'))]
  const health = newHealth()
  health.learn('c', fails('unauthorised'))
  const answer = await modelOver(ledger(), [busy, refused], health).ask(REQUEST)
  expect(answer).toMatchObject({ ok: true, model: 'a', tried: [] })
  expect(answer.ms).toBeGreaterThan(10_000)
  const short = await modelOver(ledger(), [scripted('a', fails('limited', 10_100))]).ask(
    requestOf({ timeoutMs: 10_050 }),
  )
  expect(short).toMatchObject({ ok: false, why: 'limited' })
  expect(short.ms).toBeLessThan(1000)
})

test('with everybody down the last reason that passes is the failure’s, or the last one, and each is named', async () => {
  const reasons = async (...all: ModelFailure[]) => {
    const answer = await modelOver(
      ledger(),
      all.map((why, at) => scripted(`${at}`, fails(why))),
    ).ask(REQUEST)
    return answer.ok || answer.why
  }
  expect(await reasons('unavailable', 'refused')).toBe('unavailable')
  expect(await reasons('refused', 'unauthorised')).toBe('unauthorised')
  const answer = await modelOver(ledger(), [scripted('a', fails('refused')), scripted('b', fails('unavailable'))]).ask(
    REQUEST,
  )
  expect(answer).toMatchObject({
    ok: false,
    why: 'unavailable',
    detail: 'a: emulated refused; b: emulated unavailable',
  })
  expect(answer.tried.map(({ model }) => model)).toEqual(['a', 'b'])
})

test('refused credentials are not shown again in this process, by any model it opens', async () => {
  const health = newHealth()
  const first = scripted('a', fails('unauthorised'))
  for (let i = 0; i < 3; i++) {
    const answer = await modelOver(ledger(), [first, scripted('b', says('Yes.'))], health).ask(REQUEST)
    expect(answer).toMatchObject({ ok: true, model: 'b', tried: [{ model: 'a', why: 'unauthorised' }] })
  }
  expect(first.asked).toHaveLength(1)
  expect(await modelOver(ledger(), [first], health).ask(REQUEST)).toMatchObject({ ok: false, why: 'unauthorised' })
})

test('whoever said to come back later is left alone until then', () => {
  let now = 0
  const health = newHealth(() => now)
  const later: Setback = fails('limited', 20_000)
  health.learn('a', later)
  health.learn('b', fails('limited', 500))
  expect(health.problem('a')).toEqual({ why: 'limited', detail: 'it said to come back in 20 s' })
  expect(health.problem('b')).toBeNull()
  now = 20_000
  expect(health.problem('a')).toBeNull()
})

test('an answer against the schema is asked for once more, then the next provider is', async () => {
  const first = scripted('a', says('{"cause":1}'))
  const second = scripted('b', says(`\`\`\`json\n${GOOD}\n\`\`\``))
  const answer = await modelOver(ledger(), [first, second]).ask(requestOf({ schema: SCHEMA }))
  expect(answer).toMatchObject({ ok: true, model: 'b', tried: [{ model: 'a', why: 'malformed' }] })
  expect(answer.ok && answer.blocks).toEqual([{ type: 'text', text: GOOD }])
  expect(first.asked.map(({ turns }) => turns.length)).toEqual([1, 3])
  expect(JSON.stringify(first.asked[1]?.turns[2])).toContain('cause: ')
  // The second provider is not told of the first one's mistake.
  expect(second.asked[0]?.turns).toHaveLength(1)
})

test('who hangs gets a share of the time, and the next one has the rest', async () => {
  const book = ledger()
  const answer = await modelOver(book, [scripted('a', 'hangs'), scripted('b', says('Yes.'))]).ask(
    requestOf({ timeoutMs: 400 }),
  )
  expect(answer).toMatchObject({ ok: true, model: 'b', tried: [{ model: 'a', why: 'timed-out' }], usd: 1.1 })
  expect(book.unsettled()).toEqual([])
  const alone = await modelOver(book, [scripted('a', 'hangs')]).ask(requestOf({ timeoutMs: 200 }))
  expect(alone).toMatchObject({ ok: false, why: 'timed-out' })
  expect(alone.ms).toBeLessThan(2000)
})

test('called off: nobody else is asked, and the call under way is settled', async () => {
  const book = ledger()
  const off = new AbortController()
  const second = scripted('b', says('Yes.'))
  const asked = modelOver(book, [scripted('a', 'hangs'), second]).ask(REQUEST, off.signal)
  setTimeout(() => off.abort(), 50)
  expect(await asked).toMatchObject({ ok: false, why: 'timed-out', detail: 'It was called off.' })
  expect([second.asked.length, book.reserved.length, book.unsettled()]).toEqual([0, 1, []])
  expect(await modelOver(book, [second]).ask(REQUEST, off.signal)).toMatchObject({ ok: false, why: 'timed-out' })
  expect(second.asked).toEqual([])
  const alone = new AbortController()
  setTimeout(() => alone.abort(), 50)
  const last = await modelOver(book, [scripted('a', 'hangs')]).ask(REQUEST, alone.signal)
  expect(last).toMatchObject({ ok: false, detail: 'It was called off.' })
})

test.each(['paused', 'over-budget'] as const)('%s: nothing is asked of anybody', async (why) => {
  const book = ledger()
  book.says = why
  const first = scripted('a', says('Yes.'))
  expect(await modelOver(book, [first, first]).ask(REQUEST)).toMatchObject({ ok: false, why, usd: 0 })
  expect(first.asked).toEqual([])
})

test('a budget that does not answer is a failure, one that cannot be settled costs what was put aside', async () => {
  const book = ledger()
  book.says = 'throws'
  const first = scripted('a', says('Yes.'))
  expect(await modelOver(book, [first]).ask(REQUEST)).toMatchObject({ ok: false, why: 'unavailable', usd: 0 })
  expect(first.asked).toEqual([])
  book.says = 'yes'
  book.settles = false
  expect(await modelOver(book, [first]).ask(REQUEST)).toMatchObject({ ok: true, usd: 1 })
})

test('a client that throws is a setback of its provider, settled in full', async () => {
  const book = ledger()
  const answer = await modelOver(book, [
    scripted('a', 'throws', fails('unavailable')),
    scripted('b', says('Yes.')),
  ]).ask(REQUEST)
  expect(answer).toMatchObject({ ok: true, model: 'b' })
  expect(book.settled[0]?.usage).toBeNull()
  expect(book.unsettled()).toEqual([])
})

test.each<[string, object]>([
  ['a schema that is none', { schema: { type: 'object', properties: { a: { $ref: '#/nowhere' } } } }],
  ['a request of megabytes', { system: 'x'.repeat(4_000_001) }],
  ['no time', { timeoutMs: 0 }],
])('%s is a failure without a call', async (_, over) => {
  const book = ledger()
  expect(await modelOver(book, [scripted('a', says('Yes.'))]).ask(requestOf(over))).toMatchObject({ ok: false, usd: 0 })
  expect(book.reserved).toEqual([])
})

test('an input nested without end is no answer', async () => {
  let input: unknown = {}
  for (let i = 0; i < 150; i++) input = { a: input }
  const deep = {
    ok: true as const,
    blocks: [{ type: 'call' as const, id: 'c', name: 'read', input }],
    stop: 'calls' as const,
    usage: null,
  }
  const book = ledger()
  const tools = [{ name: 'read', description: '', input: { type: 'object', properties: {} } }]
  const answer = await modelOver(book, [scripted('a', deep)]).ask(requestOf({ tools }))
  expect(answer).toMatchObject({ ok: false, why: 'malformed' })
  expect([book.reserved.length, book.unsettled()]).toEqual([2, []])
})
