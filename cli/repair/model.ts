import { resolve } from 'node:path'
import { runBudget } from '../../lib/actions/budget.ts'
import { models } from '../../lib/adapters/index.ts'
import { MODEL_ROUTES, MODEL_SETTINGS } from '../../lib/config/model.ts'
import { parseModelConfig } from '../../lib/config.ts'
import type { Model } from '../../lib/world.ts'
import { calledFrom, modelEnv } from '../env.ts'

/**
 * The model a run may ask, for its own budget; null for recipes alone. `route` is the command line's word for everything that
 * is asked, and comes before all of the environment's; "none" chooses none whatever the environment says.
 */
export function modelFor(route: string | null, budget: number, transcript: string): Model | null {
  const env = modelEnv(route === null ? MODEL_SETTINGS : MODEL_SETTINGS.filter((name) => !MODEL_ROUTES.includes(name)))
  const chosen = route === 'none' ? '' : (route ?? env.MODEL ?? '')
  const folder = /^replay:(.+)$/.exec(chosen)?.[1]
  const MODEL = folder ? `replay:${resolve(calledFrom(), folder)}` : chosen
  const config = parseModelConfig(MODEL === '' ? {} : { ...env, MODEL })
  const prices = config.model?.kind === 'live' ? config.model.prices : undefined
  return models(config)?.(runBudget(budget, prices), transcript) ?? null
}
