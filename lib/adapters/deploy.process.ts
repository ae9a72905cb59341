import { z } from 'zod'
import type { ServingPoint } from '../domain/deployment.ts'
import type { Environment } from '../domain/event.ts'
import type { Project } from '../domain/project.ts'
import type { Sha } from '../domain/tree.ts'
import { Fault } from '../errors.ts'
import type { DeployActor } from '../world.ts'

const Env = z.enum(['production', 'staging'])
const Deployment = z.object({
  id: z.string(),
  sha: z.string(),
  environment: Env,
  state: z.enum(['building', 'ready', 'failed']),
  url: z.string().nullable(),
  at: z.string(),
  why: z.string().nullable(),
})
const Serving = z.object({
  environment: Env,
  deployment: z.string(),
  revision: z.number().int().min(0),
  sha: z.string(),
  url: z.string(),
})
const Traffic = z.object({
  environment: Env,
  sha: z.string(),
  route: z.string(),
  minute: z.string(),
  requests: z.number().int().min(0),
  failed: z.number().int().min(0),
  latency: z.array(z.number().int().min(0)),
})

export interface PlatformAccess {
  url: string
  token: string
}

/** The local platform over HTTP, as a hosted one would be. */
export function processDeploy(access: PlatformAccess, project: Project): DeployActor {
  const app = `/apps/${encodeURIComponent(project.settings.app)}`
  const call = (method: string, path: string, body?: unknown) => request(access, method, app + path, body)
  const shift = async (environment: Environment, verb: string, deployment: string, expected: ServingPoint | null) => {
    const from = { expected: expected?.deployment ?? null, revision: expected?.revision ?? null }
    return (await call('POST', `/targets/${environment}/${verb}`, { deployment, ...from })).status === 200
  }
  return {
    async serving(environment) {
      const { status, json } = await call('GET', `/targets/${environment}`)
      return status === 404 ? null : Serving.parse(json)
    },
    async deployment(id) {
      const { status, json } = await call('GET', `/deployments/${encodeURIComponent(id)}`)
      return status === 404 ? null : Deployment.parse(json)
    },
    async traffic(environment: Environment, since: Date) {
      const { json } = await call('GET', `/traffic?environment=${environment}&since=${since.toISOString()}`)
      return z.object({ traffic: z.array(Traffic) }).parse(json).traffic
    },
    async create(sha: Sha, environment: Environment, key: string) {
      return Deployment.parse((await call('POST', '/deployments', { sha, environment, key })).json)
    },
    async find(key) {
      const { json } = await call('GET', `/deployments?key=${encodeURIComponent(key)}`)
      const found = z.union([z.array(Deployment), z.object({ deployments: z.array(Deployment) })]).parse(json)
      return (Array.isArray(found) ? found : found.deployments)[0] ?? null
    },
    promote: async (environment, deployment, expected) =>
      (await shift(environment, 'promote', deployment, expected)) ? 'promoted' : 'moved',
    rollback: async (environment, deployment, expected) =>
      (await shift(environment, 'rollback', deployment, expected)) ? 'rolled-back' : 'moved',
  }
}

/** 404, 409 and 422 are answers; anything else that is not 2xx, or not JSON, is the host not answering as expected. */
async function request(access: PlatformAccess, method: string, path: string, body?: unknown) {
  try {
    const response = await fetch(access.url + path, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
      headers: { authorization: `Bearer ${access.token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const json: unknown = await response.json()
    if (response.ok || [404, 409, 422].includes(response.status)) return { status: response.status, json }
    throw new Error(`${method} ${path} answered ${response.status}`)
  } catch (error) {
    throw new Fault('DEPLOY_UNREACHABLE', error instanceof Error ? error.message : String(error))
  }
}
