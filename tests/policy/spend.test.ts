import { describe, expect, test } from 'vitest'
import { type ModelRequest, NOTHING_USED, type Usage } from '../../lib/domain/model.ts'
import { listedAs, PRICES } from '../../lib/domain/prices.ts'
import { type Cap, costOf, mostInputTokens, overBudget, reserveFor, tariffOf } from '../../lib/policy/spend.ts'

const M = 1_000_000
const used = (part: Partial<Usage>): Usage => ({ ...NOTHING_USED, ...part })

test.each<[string, Partial<Usage>, number]>([
  ['claude-sonnet-5-5', {}, 0],
  ['claude-sonnet-5-5', { input: M }, 2],
  ['claude-sonnet-5-5', { cacheWrite: M }, 2.5],
  ['claude-sonnet-5-5', { cacheRead: M }, 0.1],
  ['claude-sonnet-5-5', { output: M }, 10],
  ['claude-opus-5-5', { input: M, cacheWrite: M, cacheRead: M, output: M }, 29.2],
  ['claude-fable-5-1', { input: M, output: M }, 60],
  ['claude-haiku-5-5', { input: 100_000 }, 0.01],
  ['claude-haiku-5-5', { input: 100_001 }, 0.0500005],
  ['claude-haiku-5-5', { input: 1, cacheRead: 99_999 }, 0.00100009],
  ['claude-haiku-5-5', { input: 1, cacheRead: 100_000 }, 0.0050005],
  ['claude-haiku-5-5', { input: 1, cacheWrite: 100_000 }, 0.0625005],
  ['claude-haiku-5-5', { output: M }, 0.5],
  ['claude-haiku-5-5', { input: 100_001, output: M }, 2.5500005],
  ['claude-haiku-4-5', { input: 2 * M }, 2],
])('%s for %j is $%d', (model, usage, usd) => {
  expect(costOf(model, used(usage))).toBeCloseTo(usd, 9)
})

test.each([
  ['claude-sonnet-5-5', 'claude-sonnet-5-5'],
  ['anthropic:claude-sonnet-5-5', 'claude-sonnet-5-5'],
  ['bedrock:global.anthropic.claude-sonnet-5-5', 'claude-sonnet-5-5'],
  ['bedrock:anthropic.claude-haiku-4-5-20251001-v1:0', 'claude-haiku-4-5'],
  ['anthropic:claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
  ['openai:gpt-5@https://host.example/v1', 'gpt-5'],
  ['openai:qwen3@http://127.0.0.1:11434/v1', 'qwen3'],
  ['openai:anthropic/claude@https://openrouter.ai/api/v1', 'anthropic/claude'],
])('%s is listed as %s', (model, name) => {
  expect(listedAs(model)).toBe(name)
})

test.each(['gpt', 'constructor', '__proto__', '', 'claude-opus-9'])(
  'a model on no list (%j) is the dearest known',
  (model) => {
    const { price, known, why } = tariffOf(model)
    expect({ known, price }).toEqual({
      known: false,
      price: { input: 10, cacheWrite: 12.5, cacheRead: 0.5, output: 50 },
    })
    expect(why).toContain('dearest')
    for (const name of Object.keys(PRICES)) {
      const usage = { input: 200_000, cacheWrite: 7, cacheRead: 90_000, output: 5000 }
      expect(costOf(model, usage)).toBeGreaterThanOrEqual(costOf(name, usage))
    }
  },
)

test('a list of one’s own takes the place of ours', () => {
  const free = { qwen3: { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 } }
  expect(costOf('openai:qwen3@http://127.0.0.1/v1', used({ input: M }), free)).toBe(0)
  expect(costOf('gpt', used({ input: M }), {})).toBe(0)
})

const request = (over: Partial<ModelRequest> = {}): ModelRequest => ({
  task: 'fix',
  system: 'Repair it.',
  turns: [{ role: 'user', blocks: [{ type: 'text', text: 'It broke.' }] }],
  tools: [],
  schema: null,
  effort: 'low',
  maxTokens: 1000,
  timeoutMs: 1000,
  ...over,
})

describe('the upper bound of a call', () => {
  test('no text has more tokens than bytes, whatever its letters', () => {
    for (const text of ['a'.repeat(1000), '漢'.repeat(1000), '🦉'.repeat(1000), '\u0000'.repeat(1000)])
      expect(mostInputTokens(request({ system: text }))).toBeGreaterThanOrEqual(Buffer.byteLength(text))
  })

  test.each<[string, Partial<ModelRequest>]>([
    ['tools', { tools: [{ name: 'read', description: 'x'.repeat(500), input: {} }] }],
    ['a schema', { schema: { type: 'object', description: 'x'.repeat(500) } }],
    ['turns', { turns: Array.from({ length: 50 }, () => ({ role: 'user' as const, blocks: [] })) }],
  ])('%s count', (_, over) => {
    expect(mostInputTokens(request(over))).toBeGreaterThan(mostInputTokens(request()) + 400)
  })

  test.each(Object.keys(PRICES))('%s never costs more than was put aside', (model) => {
    for (const length of [10, 90_000, 97_000, 98_000, 101_000, 400_000]) {
      const one = request({ system: 'x'.repeat(length), maxTokens: 32_000 })
      const tokens = mostInputTokens(one)
      for (const how of ['input', 'cacheWrite', 'cacheRead'] as const)
        for (const n of [tokens, 100_000, 100_001].filter((some) => some <= tokens))
          expect(costOf(model, used({ [how]: n, output: 32_000 }))).toBeLessThanOrEqual(reserveFor(one, model))
    }
  })
})

/** Used, cap, this call; whether it may be made. Also what the database is held to. */
test.each<[number, number, number, boolean]>([
  [0, 5, 5, true],
  [0, 5, 5.0001, false],
  [4.5, 5, 0.5, true],
  [4.5, 5, 0.5001, false],
  [5, 5, 0, true],
  [5.01, 5, 0, false],
  [0, 0, 0, true],
  [0, 0, 0.0001, false],
  [0, 5, Number.NaN, false],
  [Number.NaN, 5, 1, false],
  [0, Number.NaN, 1, false],
  [0, 5, -1, false],
  [0.1 + 0.2, 0.6, 0.3, true],
])('%d spent of $%d, and this call $%d: %s', (spent, usd, call, may) => {
  expect(overBudget([{ of: 'day', usd, spent }], call) === null).toBe(may)
})

test('the first cap that would be exceeded is named, with its numbers', () => {
  const caps: Cap[] = [
    { of: 'issue', usd: 5, spent: 4 },
    { of: 'day', usd: 20, spent: 19.5 },
    { of: 'month', usd: 100, spent: 99.5 },
  ]
  expect(overBudget(caps, 0.5)).toBeNull()
  expect(overBudget(caps, 0.75)).toBe('$20.00 for a day: $19.50 spent or put aside, this call may cost $0.7500.')
  expect(overBudget(caps, 1.5)).toContain('for an issue')
  expect(overBudget([{ of: 'month', usd: 1, spent: 1 }], 1)).toContain('for a month')
  expect(overBudget([{ of: 'run', usd: 1, spent: 1 }], 1)).toContain('for this run')
  expect(overBudget([], 1)).toBeNull()
})
