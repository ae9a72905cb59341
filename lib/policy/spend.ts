import type { ModelRequest, Usage } from '../domain/model.ts'
import { listedAs, PRICES, type Price, type Priced, type Prices } from '../domain/prices.ts'

/** What a model costs; `known` false: it is on no list, so the dearest price of each kind is taken. */
export interface Tariff {
  price: Priced
  known: boolean
  why: string
}

export function tariffOf(model: string, prices: Prices = PRICES): Tariff {
  const name = listedAs(model)
  const price = Object.hasOwn(prices, name) ? prices[name] : undefined
  if (price) return { price, known: true, why: `priced as ${name}` }
  return { price: dearest(prices), known: false, why: `${name} has no listed price: it counts as the dearest known` }
}

/** US dollars for one call. The tier of its price is chosen by the whole prompt, cached parts included. */
export function costOf(model: string, usage: Usage, prices: Prices = PRICES): number {
  const { price } = tariffOf(model, prices)
  const prompt = usage.input + usage.cacheWrite + usage.cacheRead
  const tier: Price = price.above && prompt > price.above.tokens ? price.above : price
  const millionths =
    usage.input * tier.input +
    usage.cacheWrite * tier.cacheWrite +
    usage.cacheRead * tier.cacheRead +
    usage.output * tier.output
  return millionths / 1_000_000
}

/** Tokens a provider adds of its own for tools, schemas and turns: several times what was seen. */
const ADDED = { request: 2000, tool: 200, turn: 20 }

/**
 * Most input tokens a request can have: no token is shorter than a byte, so its bytes are more than enough. Three to four
 * times too many for prose; what was too much is given back when the call is settled.
 */
export function mostInputTokens(request: ModelRequest): number {
  const { system, turns, tools, schema } = request
  const bytes = Buffer.byteLength(JSON.stringify([system, turns, tools, schema]), 'utf8')
  return bytes + ADDED.request + ADDED.tool * tools.length + ADDED.turn * turns.length
}

/** US dollars no single call of this request can exceed: all of its input written to the cache, all of its output used. */
export function reserveFor(request: ModelRequest, model: string, prices: Prices = PRICES): number {
  const { price } = tariffOf(model, prices)
  const tokens = mostInputTokens(request)
  const tier: Price = price.above && tokens > price.above.tokens ? price.above : price
  const input = Math.max(tier.input, tier.cacheWrite, tier.cacheRead)
  return (tokens * input + request.maxTokens * tier.output) / 1_000_000
}

/** One limit that spending runs into, and how much of it is used, calls under way included. */
export interface Cap {
  of: 'issue' | 'day' | 'month' | 'run'
  usd: number
  spent: number
}

/** Fractions of a hundredth of a cent: sums of thousands of prices are not exact. */
const SLACK = 1e-9

/** Why so much more may not be spent, by the first cap it would exceed; null: it may. What is no number may not be. */
export function overBudget(caps: Cap[], usd: number): string | null {
  const over = caps.find((cap) => !(usd >= 0 && cap.spent + usd <= cap.usd + SLACK))
  return over ? capInWords(over, usd) : null
}

const NAMES: Record<Cap['of'], string> = {
  issue: 'for an issue',
  day: 'for a day',
  month: 'for a month',
  run: 'for this run',
}

export const capInWords = (cap: Cap, usd: number): string =>
  `$${cap.usd.toFixed(2)} ${NAMES[cap.of]}: $${cap.spent.toFixed(2)} spent or put aside, this call may cost $${usd.toFixed(4)}.`

/** Each kind of token at the highest price of any model. */
function dearest(prices: Prices): Price {
  const all = Object.values(prices).flatMap((one): Price[] => (one.above ? [one, one.above] : [one]))
  const most = (kind: keyof Price) => Math.max(0, ...all.map((one) => one[kind]))
  return { input: most('input'), cacheWrite: most('cacheWrite'), cacheRead: most('cacheRead'), output: most('output') }
}
