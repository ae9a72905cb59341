import type { z } from 'zod'
import { create, list, show } from './deployments.ts'
import type { Platform } from './platform.ts'
import { serving, shift } from './promotion.ts'
import { describe, register } from './register.ts'
import { answer, type Reply, refusal } from './reply.ts'
import { DeploymentBody, DeploymentsQuery, LogQuery, RegisterBody, ShiftBody, TrafficQuery } from './requests.ts'
import { type App, TARGETS, type TargetName } from './state.ts'

/** One request to the API, its token already checked. */
export interface Call {
  method: string
  /** Decoded path segments. */
  path: string[]
  query: Record<string, string>
  /** Parsed JSON of the body; undefined when there is none. */
  body: unknown
}

/** Log entries in one answer; ask again after the last for more. */
const LOG_PAGE = 1000
const APP_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/
const NOWHERE = refusal(404, 'not-found', 'there is nothing here')

/** Answers a call; everything it is told is checked before it is used. */
export async function answerCall(platform: Platform, call: Call): Promise<Reply> {
  const { method, path, body } = call
  const [apps, name = '', ...rest] = path
  if (apps !== 'apps' || !APP_NAME.test(name)) return NOWHERE
  if (method === 'PUT' && rest.length === 0) {
    return checked(RegisterBody, body, (valid) => register(platform, name, valid))
  }
  const app = platform.store.state().apps[name]
  if (!app) return refusal(404, 'unknown-app', `there is no app ${name}`)
  const [noun, id] = rest
  if (method === 'GET' && rest.length === 0) return answer(200, describe(app))
  if (noun === 'deployments') return deployments(platform, app, call, id)
  if (noun === 'targets') return targets(platform, app, call, rest)
  if (method === 'GET' && rest.length === 1 && noun === 'traffic') {
    return checked(TrafficQuery, call.query, async ({ environment, since }) =>
      answer(200, { traffic: await platform.traffic.read(name, environment, since) }),
    )
  }
  if (method === 'GET' && rest.length === 1 && noun === 'log') {
    return checked(LogQuery, call.query, ({ after }) => answer(200, { log: platform.store.log(name, after, LOG_PAGE) }))
  }
  return NOWHERE
}

async function deployments(platform: Platform, app: App, call: Call, id: string | undefined): Promise<Reply> {
  if (call.path.length > 4) return NOWHERE
  if (call.method === 'POST' && id === undefined) {
    return checked(DeploymentBody, call.body, (valid) => create(platform, app, valid))
  }
  if (call.method !== 'GET') return NOWHERE
  if (id === undefined) return checked(DeploymentsQuery, call.query, (query) => list(platform, app, query))
  const build = app.builds.find((b) => b.id === id)
  if (!build) return refusal(404, 'unknown-deployment', `${app.name} has no deployment ${id}`)
  return answer(200, show(platform, build))
}

async function targets(platform: Platform, app: App, call: Call, rest: string[]): Promise<Reply> {
  const environment = TARGETS.find((target) => target === rest[1])
  if (environment === undefined || rest.length > 3) return NOWHERE
  const verb = rest[2]
  if (call.method === 'GET' && verb === undefined) {
    const now = serving(app, environment)
    return now ? answer(200, now) : refusal(404, 'nothing-serving', `nothing serves ${environment} yet`)
  }
  const move = (what: 'promoted' | 'rolled-back') =>
    checked(ShiftBody, call.body, (valid) => shift(platform, app.name, environment as TargetName, valid, what))
  if (call.method === 'POST' && verb === 'promote') return move('promoted')
  if (call.method === 'POST' && verb === 'rollback') return move('rolled-back')
  return NOWHERE
}

/** Parses what the caller sent, or answers 400 with every mistake in it. */
async function checked<T>(
  schema: z.ZodType<T>,
  value: unknown,
  use: (valid: T) => Reply | Promise<Reply>,
): Promise<Reply> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return use(parsed.data)
  const mistakes = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  return refusal(400, 'malformed', mistakes.join('; '))
}
