import { resolve } from 'node:path'
import { runBudget } from '../../lib/actions/budget.ts'
import { models } from '../../lib/adapters/index.ts'
import { MODEL_SETTINGS } from '../../lib/config/model.ts'
import { parseModelConfig } from '../../lib/config.ts'
import type { Model } from '../../lib/world.ts'
import { calledFrom, modelEnv } from '../env.ts'

/**
 * The model a run may ask, for its own budget; null for recipes alone. `route` is the command line's word and comes before
 * the environment's; "none" chooses none whatever the environment says.
 */
export function modelFor(route: string | null, budget: number, transcript: string): Model | null {
  const env = modelEnv(MODEL_SETTINGS)
  const chosen = route === 'none' ? '' : (route ?? env.MODEL ?? '')
  const folder = /^replay:(.+)$/.exec(chosen)?.[1]
  const MODEL = folder ? `replay:${resolve(calledFrom(), folder)}` : chosen
  const open = models(parseModelConfig(MODEL === '' ? {} : { ...env, MODEL }))
  return open?.(runBudget(budget), transcript) ?? null
}
