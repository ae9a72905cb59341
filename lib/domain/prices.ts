/**
 * What models cost, in US dollars per million tokens: the providers' price pages as of the date. A cache write is one that
 * is kept five minutes, the only kind that is asked for.
 */
export interface Price {
  input: number
  cacheWrite: number
  cacheRead: number
  output: number
}

export interface Priced extends Price {
  /** Costs this instead once the whole prompt, cache included, is longer than so many tokens. */
  above?: Price & { tokens: number }
}

export type Prices = Record<string, Priced>

export const PRICES_AS_OF = '2026-11-17'

const perMillion = (input: number, cacheWrite: number, cacheRead: number, output: number): Price => ({
  input,
  cacheWrite,
  cacheRead,
  output,
})

const OPUS = perMillion(5, 6.25, 0.5, 25)
const SONNET = perMillion(3, 3.75, 0.3, 15)

export const PRICES: Prices = {
  'claude-opus-5-5': perMillion(4, 5, 0.2, 20),
  'claude-sonnet-5-5': perMillion(2, 2.5, 0.1, 10),
  'claude-haiku-5-5': {
    ...perMillion(0.1, 0.125, 0.01, 0.5),
    above: { tokens: 100_000, ...perMillion(0.5, 0.625, 0.05, 2.5) },
  },
  'claude-fable-5-1': perMillion(10, 12.5, 0.25, 50),
  'claude-opus-5': OPUS,
  'claude-opus-4-8': OPUS,
  'claude-opus-4-7': OPUS,
  'claude-opus-4-6': OPUS,
  'claude-opus-4-5': OPUS,
  'claude-sonnet-5': perMillion(2, 2.5, 0.2, 10),
  'claude-sonnet-4-6': SONNET,
  'claude-sonnet-4-5': SONNET,
  'claude-haiku-4-5': perMillion(1, 1.25, 0.1, 5),
}

/**
 * The name a price is listed under: `bedrock:global.anthropic.claude-sonnet-5-5` and `anthropic:claude-sonnet-5-5` are one
 * model, and so is a dated version of it.
 */
export function listedAs(model: string): string {
  const bare = model.replace(/^[a-z]+:/, '').replace(/@https?:\/\/.*$/, '')
  return bare
    .replace(/^(?:[a-z]+\.)?anthropic\./, '')
    .replace(/-v\d+(?::\d+)?$/, '')
    .replace(/-20\d{6}$/, '')
}
