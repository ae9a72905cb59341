import type { ModelTask } from './model.ts'
import type { Prices } from './prices.ts'

/** Which models are asked for what, as somebody chose. */
export type ModelChoice =
  | { kind: 'replay'; folder: string }
  | {
      kind: 'live'
      routes: Record<ModelTask, ModelRef[]>
      anthropic: { key: string; url: string } | null
      bedrock: BedrockLogin | null
      /** Shown to this origin and no other. */
      openaiKey: { key: string; origin: string } | null
      prices: Prices
    }

export type ModelRef =
  | { adapter: 'anthropic' | 'bedrock'; model: string }
  /** `url` without its last part: `https://api.openai.com/v1`. */
  | { adapter: 'openai'; model: string; url: string }

export interface BedrockLogin {
  region: string
  bearer: string | null
  keys: { id: string; secret: string; session: string | null } | null
  /** null: the region's own address. */
  url: string | null
}

export const MODEL_TASKS = ['diagnose', 'test', 'fix', 'review'] as const satisfies ModelTask[]

/** What is asked where an adapter is named without a model: a small one for a second look, a large one for the work. */
export const DEFAULT_MODEL: Record<ModelTask, string> = {
  diagnose: 'claude-sonnet-5-5',
  test: 'claude-sonnet-5-5',
  fix: 'claude-sonnet-5-5',
  review: 'claude-haiku-5-5',
}

/** What a model is called in routes, answers and on the price list. */
export const nameOfRef = (ref: ModelRef): string =>
  ref.adapter === 'openai' ? `openai:${ref.model}@${ref.url}` : `${ref.adapter}:${ref.model}`
