import { MODEL_TASKS, type ModelChoice, type ModelRef, nameOfRef } from '../../domain/modelChoice.ts'
import type { Budget, Model } from '../../world.ts'
import { openaiModel } from '../model.openai.ts'
import { replayModel } from '../model.replay.ts'
import { newHealth } from './health.ts'
import { liveModel } from './live.ts'
import type { Provider } from './provider.ts'
import type { Routes } from './route.ts'

type Live = Extract<ModelChoice, { kind: 'live' }>

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

/** The SDKs are large: each is loaded when it is first asked, so that commands which ask no model start at once. */
function providerOf(ref: ModelRef, { anthropic, bedrock, openaiKey }: Live): Provider {
  const { model } = ref
  if (ref.adapter === 'openai') {
    const key = openaiKey !== null && openaiKey.origin === new URL(ref.url).origin ? openaiKey.key : null
    return openaiModel({ url: ref.url, key }, model)
  }
  if (ref.adapter === 'anthropic' && anthropic)
    return onDemand(ref, async () => (await import('../model.anthropic.ts')).anthropicModel(anthropic, model))
  if (ref.adapter === 'bedrock' && bedrock)
    return onDemand(ref, async () => (await import('../model.bedrock.ts')).bedrockModel(bedrock, model))
  throw new Error(`no login for ${ref.adapter}`)
}

function onDemand(ref: ModelRef, load: () => Promise<Provider>): Provider {
  let loaded: Promise<Provider> | undefined
  return {
    name: nameOfRef(ref),
    async ask(request, signal) {
      loaded ??= load()
      return (await loaded).ask(request, signal)
    },
  }
}

/** For the line at boot: `recipes`, `replay`, or the adapters in the order in which they first come up. */
export function modelWord(choice: ModelChoice | null): string {
  if (choice === null) return 'recipes'
  if (choice.kind === 'replay') return 'replay'
  return [...new Set(Object.values(choice.routes).flatMap((refs) => refs.map(({ adapter }) => adapter)))].join(',')
}
