import { z } from 'zod'
import type { ModelTask } from '../domain/model.ts'
import { type BedrockLogin, MODEL_TASKS, type ModelChoice, type ModelRef } from '../domain/modelChoice.ts'
import { PRICES, type Prices } from '../domain/prices.ts'
import { addressProblem, isHere, OPENAI_URL, parseRoute } from './modelRoute.ts'

type Env = Record<string, string | undefined>

/** Which model is asked, and for what. */
export const MODEL_ROUTES = ['MODEL', ...MODEL_TASKS.map((task) => `MODEL_${task.toUpperCase()}`)]

/** Every setting there is about models; a start hands these on to the server. */
export const MODEL_SETTINGS = [
  ...MODEL_ROUTES,
  'MODEL_PRICES',
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'AWS_REGION',
  'AWS_BEARER_TOKEN_BEDROCK',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_BEDROCK_BASE_URL',
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
]

const usd = z.number().min(0)
/** `{"gpt": {"input": 1, "output": 2}}`, in US dollars per million tokens; a cache costs what input does. */
const Listed = z.record(
  z.string(),
  z
    .strictObject({ input: usd, output: usd, cacheWrite: usd.optional(), cacheRead: usd.optional() })
    .transform((one) => ({ cacheWrite: one.input, cacheRead: one.input, ...one })),
)

/** null: no model, recipes alone. A key alone chooses none, so nothing is spent that nobody asked for. */
export function parseModel(env: Env): { choice: ModelChoice | null; problems: string[] } {
  const problems: string[] = []
  const primary = env.MODEL?.trim() ?? ''
  if (primary === '' || primary === 'recipes') {
    const stray = MODEL_TASKS.map(nameOf).filter((name) => env[name])
    for (const name of stray) problems.push(`${name}: MODEL has to name the model for everything else`)
    return { choice: null, problems }
  }
  if (primary.startsWith('replay:')) {
    const folder = primary.slice('replay:'.length)
    if (!folder) problems.push('MODEL: replay:<folder> names no folder')
    for (const name of MODEL_TASKS.map(nameOf).filter((one) => env[one]))
      problems.push(`${name}: a transcript answers everything`)
    return { choice: { kind: 'replay', folder }, problems }
  }
  const routes = Object.fromEntries(
    MODEL_TASKS.map((task) => {
      const name = env[nameOf(task)] ? nameOf(task) : 'MODEL'
      const wrong: string[] = []
      const refs = parseRoute(env[name]!, task, env.OPENAI_BASE_URL || OPENAI_URL, wrong)
      problems.push(...wrong.map((line) => `${name}: ${line}`))
      return [task, refs]
    }),
  ) as Record<ModelTask, ModelRef[]>
  const all = Object.values(routes).flat()
  const uses = (adapter: ModelRef['adapter']) => all.some((ref) => ref.adapter === adapter)
  const choice: ModelChoice = {
    kind: 'live',
    routes,
    anthropic: uses('anthropic') ? anthropicLogin(env, problems) : null,
    bedrock: uses('bedrock') ? bedrockLogin(env, problems) : null,
    openaiKey: openaiKey(all, env, problems),
    prices: pricesOf(env, problems),
  }
  return { choice, problems: [...new Set(problems)] }
}

const nameOf = (task: ModelTask) => `MODEL_${task.toUpperCase()}`

function anthropicLogin(env: Env, problems: string[]) {
  const url = env.ANTHROPIC_BASE_URL || 'https://api.anthropic.com'
  const problem = addressProblem(url)
  if (problem) problems.push(`ANTHROPIC_BASE_URL: ${problem}`)
  if (!env.ANTHROPIC_API_KEY) problems.push('ANTHROPIC_API_KEY: anthropic was chosen and needs it')
  return { key: env.ANTHROPIC_API_KEY ?? '', url }
}

function bedrockLogin(env: Env, problems: string[]): BedrockLogin {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_BEARER_TOKEN_BEDROCK: bearer } = env
  if (!env.AWS_REGION) problems.push('AWS_REGION: bedrock was chosen and needs it')
  if (!bearer && !(id && secret))
    problems.push(
      'AWS_BEARER_TOKEN_BEDROCK, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: bedrock was chosen and needs them',
    )
  const url = env.AWS_BEDROCK_BASE_URL || null
  const problem = url && addressProblem(url)
  if (problem) problems.push(`AWS_BEDROCK_BASE_URL: ${problem}`)
  const keys = id && secret ? { id, secret, session: env.AWS_SESSION_TOKEN || null } : null
  return { region: env.AWS_REGION ?? '', bearer: bearer || null, keys, url }
}

/** One key is for one host: it must not be shown to a second one. Servers on this machine may do without. */
function openaiKey(all: ModelRef[], env: Env, problems: string[]) {
  const urls = all.flatMap((ref) => (ref.adapter === 'openai' ? [ref.url] : []))
  const origins = [...new Set(urls.map((url) => URL.parse(url)?.origin ?? url))]
  const away = origins.filter((origin) => !isHere(origin))
  const key = env.OPENAI_API_KEY
  if (away.length > 1) problems.push(`OPENAI_API_KEY: it is for one host, and the routes name ${away.join(' and ')}`)
  if (away.length > 0 && !key) problems.push('OPENAI_API_KEY: openai was chosen and needs it')
  const origin = away[0] ?? origins[0]
  return key && origin !== undefined ? { key, origin } : null
}

function pricesOf(env: Env, problems: string[]): Prices {
  if (!env.MODEL_PRICES) return PRICES
  try {
    const listed = Listed.safeParse(JSON.parse(env.MODEL_PRICES))
    if (listed.success) return { ...PRICES, ...listed.data }
    problems.push(...listed.error.issues.map((one) => `MODEL_PRICES: ${one.path.join('.')}: ${one.message}`))
  } catch {
    problems.push('MODEL_PRICES: not JSON')
  }
  return PRICES
}
