import { type Block, type ModelFailure, type ModelRequest, NOTHING_USED, type Usage } from '../../domain/model.ts'

/** One model of one provider: one call, no fallback, no money. May throw; whoever calls makes a setback of it. */
export interface Provider {
  /** As in the route, in answers and on the price list: `anthropic:claude-sonnet-5-5`. */
  name: string
  ask(request: ModelRequest, signal: AbortSignal): Promise<Reply>
}

export interface Answered {
  ok: true
  blocks: Block[]
  stop: 'end' | 'calls'
  /** null: the provider did not say. */
  usage: Usage | null
}

export interface Setback {
  ok: false
  why: ModelFailure
  detail: string
  /** null: nobody knows whether the call is billed. */
  usage: Usage | null
  /** In how many milliseconds the same call may be made again; null: not now. */
  againInMs: number | null
}

export type Reply = Answered | Setback

/** A setback of a call that is not billed. */
export const free = (why: ModelFailure, detail: string, againInMs: number | null = null): Setback => ({
  ok: false,
  why,
  detail,
  usage: NOTHING_USED,
  againInMs,
})

/** A setback of a call that may be. */
export const perhapsBilled = (why: ModelFailure, detail: string, usage: Usage | null = null): Setback => ({
  ok: false,
  why,
  detail,
  usage,
  againInMs: null,
})

/** More than any model reads or writes at once: whatever is above is not a count. */
const TOKENS_MAX = 10_000_000

/** A provider's count of tokens; null when it is none. */
export const tokensOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= TOKENS_MAX ? value : null
