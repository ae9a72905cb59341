import { expect, test } from 'vitest'
import { runBudget } from '../../lib/actions/budget.ts'
import type { ModelRequest } from '../../lib/domain/model.ts'
import { reserveFor } from '../../lib/policy/spend.ts'

const SONNET = 'anthropic:claude-sonnet-5-5'
const REQUEST: ModelRequest = {
  task: 'fix',
  system: 's',
  turns: [],
  tools: [],
  schema: null,
  effort: 'low',
  maxTokens: 1000,
  timeoutMs: 1000,
}
const BOUND = reserveFor(REQUEST, SONNET)
const USAGE = { input: 1000, cacheWrite: 0, cacheRead: 0, output: 100 }

test('calls that are under way count with their upper bound', async () => {
  const budget = runBudget(2 * BOUND)
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => budget.reserve(REQUEST, SONNET)))
  expect([one?.ok, two?.ok, three?.ok]).toEqual([true, true, false])
  expect(three).toMatchObject({ why: 'over-budget' })
  expect(budget.spent()).toBeCloseTo(2 * BOUND)
})

test('settling gives back what was too much, once; unknown usage costs what was put aside', async () => {
  const budget = runBudget(1)
  const said = await budget.reserve(REQUEST, SONNET)
  if (!said.ok) throw new Error(said.detail)
  expect(await budget.settle(said.reservation, USAGE)).toBeCloseTo(0.003)
  expect(await budget.settle(said.reservation, null)).toBeCloseTo(0.003)
  expect(budget.spent()).toBeCloseTo(0.003)
  const other = await budget.reserve(REQUEST, SONNET)
  if (!other.ok) throw new Error(other.detail)
  expect(await budget.settle(other.reservation, null)).toBe(BOUND)
  expect(budget.spent()).toBeCloseTo(0.003 + BOUND)
})

test.each([0, -1, Number.NaN])('a budget of %d buys nothing', async (limit) => {
  expect((await runBudget(limit).reserve(REQUEST, SONNET)).ok).toBe(false)
})

test('prices of one’s own count', async () => {
  const free = { m: { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 } }
  expect(await runBudget(0, free).reserve(REQUEST, 'openai:m')).toMatchObject({ ok: true, reservation: { usd: 0 } })
})
