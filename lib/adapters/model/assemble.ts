import { MODEL_TASKS, type ModelChoice, type ModelRef } from '../../domain/modelChoice.ts'
import type { Budget, Model } from '../../world.ts'
import { anthropicModel } from '../model.anthropic.ts'
import { bedrockModel } from '../model.bedrock.ts'
import { openaiModel } from '../model.openai.ts'
import { replayModel } from '../model.replay.ts'
import { newHealth } from './health.ts'
import { liveModel } from './live.ts'
import type { Provider } from './provider.ts'
import type { Routes } from './route.ts'

/** A model for one budget; `transcript`: the folder in which every request and answer is kept. */
export type OpenModel = (budget: Budget, transcript?: string) => Model

/**
 * Opened once a process, since what it learns of its providers (a key that is refused, a limit that lasts) is true for
 * all; a model for an issue is then one call. null: no model was chosen, and recipes work alone.
 */
export function openModels(choice: ModelChoice | null): OpenModel | null {
  if (choice === null) return null
  if (choice.kind === 'replay') {
    const replay = replayModel(choice.folder)
    return () => replay
  }
  const made = new Map<string, Provider>()
  const once = (ref: ModelRef): Provider => {
    const key = JSON.stringify(ref)
    const provider = made.get(key) ?? providerOf(ref, choice)
    made.set(key, provider)
    return provider
  }
  const routes = Object.fromEntries(MODEL_TASKS.map((task) => [task, choice.routes[task].map(once)])) as Routes
  const health = newHealth()
  return (budget, transcript) => liveModel(routes, { budget, health, transcript })
}

function providerOf(
  ref: ModelRef,
  { anthropic, bedrock, openaiKey }: Extract<ModelChoice, { kind: 'live' }>,
): Provider {
  if (ref.adapter === 'openai') {
    const key = openaiKey !== null && openaiKey.origin === new URL(ref.url).origin ? openaiKey.key : null
    return openaiModel({ url: ref.url, key }, ref.model)
  }
  if (ref.adapter === 'anthropic' && anthropic) return anthropicModel(anthropic, ref.model)
  if (ref.adapter === 'bedrock' && bedrock) return bedrockModel(bedrock, ref.model)
  throw new Error(`no login for ${ref.adapter}`)
}

/** For the line at boot: `recipes`, `replay`, or the adapters in the order in which they first come up. */
export function modelWord(choice: ModelChoice | null): string {
  if (choice === null) return 'recipes'
  if (choice.kind === 'replay') return 'replay'
  return [...new Set(Object.values(choice.routes).flatMap((refs) => refs.map(({ adapter }) => adapter)))].join(',')
}
