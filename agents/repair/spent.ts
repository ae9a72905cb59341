import { type ModelFailure, NOTHING_USED, type Spend } from '../../lib/domain/model.ts'

/** What was asked of a model so far. */
export interface Spent {
  spend: Spend
  steps: number
}

export const NOTHING_SPENT: Spent = { spend: { usd: 0, usage: NOTHING_USED, calls: 0 }, steps: 0 }

export function added(sum: Spent, { spend, steps }: Spent): Spent {
  const { usage } = sum.spend
  return {
    steps: sum.steps + steps,
    spend: {
      usd: sum.spend.usd + spend.usd,
      calls: sum.spend.calls + spend.calls,
      usage: {
        input: usage.input + spend.usage.input,
        cacheWrite: usage.cacheWrite + spend.usage.cacheWrite,
        cacheRead: usage.cacheRead + spend.usage.cacheRead,
        output: usage.output + spend.usage.output,
      },
    },
  }
}

/** How a conversation may end that says nothing of the next one. */
export const SPOILT: ReadonlySet<string> = new Set<ModelFailure | 'no-good'>([
  ...(['no-good', 'too-long', 'malformed', 'timed-out', 'unavailable', 'limited'] as const),
])
