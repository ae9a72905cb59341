/** What a model is asked and what it may answer, whoever serves it. Its text is untrusted, like every other. */

/** What it is asked for: each has a route of its own, a primary model and fallbacks. */
export type ModelTask = 'diagnose' | 'test' | 'fix' | 'review'
export type Effort = 'low' | 'medium' | 'high'

/** A JSON schema, written by zod. */
export type JsonSchema = Record<string, unknown>

export interface ModelTool {
  name: string
  description: string
  input: JsonSchema
}

export type Block =
  | { type: 'text'; text: string }
  | { type: 'call'; id: string; name: string; input: unknown }
  | { type: 'result'; id: string; text: string; error: boolean }
  /** A provider's own (its thinking): sent back to the same model unchanged, left out for any other. */
  | { type: 'opaque'; model: string; data: unknown }

export interface Turn {
  role: 'user' | 'assistant'
  blocks: Block[]
}

export interface ModelRequest {
  task: ModelTask
  /** The stable part first, so that it is cached. */
  system: string
  turns: Turn[]
  tools: ModelTool[]
  /** No more calls: the answer itself. The tools are still named, since what was said so far may hold calls of them. */
  answerNow?: boolean
  /** The shape of the answer, once it has asked its last tool; null for prose. */
  schema: JsonSchema | null
  effort: Effort
  /** Thinking included. */
  maxTokens: number
  /** By when an answer is of use. */
  timeoutMs: number
}

export interface Usage {
  /** Uncached input tokens. */
  input: number
  cacheWrite: number
  cacheRead: number
  /** Thinking included. */
  output: number
}

/** One provider that was passed over, and why. */
export interface Tried {
  model: string
  why: ModelFailure
  detail: string
}

export type ModelFailure =
  | 'unavailable'
  | 'limited'
  | 'timed-out'
  | 'refused'
  | 'malformed'
  /** More than the request's `maxTokens`, or than fits into the model. */
  | 'too-long'
  /** The provider says the request itself is wrong; another would say the same. */
  | 'rejected'
  | 'unauthorised'
  /** What a day or a month may cost, or one run. */
  | 'over-budget'
  /** What this issue may cost: no other day brings it back. */
  | 'spent'
  | 'paused'

export type ModelAnswer = { tried: Tried[]; usage: Usage; usd: number; ms: number } & (
  | {
      ok: true
      /** `anthropic:claude-sonnet-5-5`. */
      model: string
      blocks: Block[]
      /** `calls`: it wants tools run; `end`: the last text block is the answer. */
      stop: 'end' | 'calls'
    }
  | {
      ok: false
      why: ModelFailure
      /** In words, for people. */
      detail: string
    }
)

export interface Spend {
  usd: number
  usage: Usage
  calls: number
}

/** What may be spent on models at most, in US dollars; a call under way counts with its upper bound. */
export interface Caps {
  issue: number
  day: number
  month: number
}

/** Money put aside for one call. */
export interface Reservation {
  id: number
  model: string
  usd: number
}

export type Reserved =
  | { ok: true; reservation: Reservation }
  | { ok: false; why: 'over-budget' | 'spent' | 'paused'; detail: string }

export const NOTHING_USED: Usage = { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 }
