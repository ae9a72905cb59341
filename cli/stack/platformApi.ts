import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Environment } from '../../lib/domain/event.ts'
import type { PlatformAddress } from './platform.ts'

/** The few calls a person would make to put an app on the platform for the first time. */

const Deployment = z.object({
  id: z.string(),
  sha: z.string(),
  state: z.enum(['building', 'ready', 'failed']),
  why: z.string().nullable(),
})
const Serving = z.object({ deployment: z.string(), sha: z.string(), url: z.string() })

/** A build with an `npm ci` from a slow registry. */
const BUILD_MS = 10 * 60_000

export interface Target {
  port: number
  env: Record<string, string>
}

export function platformApi(platform: PlatformAddress, app: string) {
  const call = (method: string, path: string, body?: unknown) => request(platform, method, `/apps/${app}${path}`, body)
  return {
    put: (repository: string, targets: Record<Environment, Target>) => call('PUT', '', { repository, targets }),

    /** What an environment serves, or null where nothing was promoted yet. */
    async serving(environment: Environment): Promise<z.infer<typeof Serving> | null> {
      const { status, json } = await call('GET', `/targets/${environment}`)
      return status === 404 ? null : Serving.parse(json)
    },

    /** Builds a commit and answers the id of the deployment once it is ready. */
    async deploy(sha: string, environment: Environment, key: string): Promise<string> {
      let { id, state, why } = Deployment.parse((await call('POST', '/deployments', { sha, environment, key })).json)
      for (let waited = 0; state === 'building' && waited < BUILD_MS; waited += 250) {
        await sleep(250)
        const now = Deployment.parse((await call('GET', `/deployments/${id}`)).json)
        state = now.state
        why = now.why
      }
      if (state !== 'ready') throw new Error(`The sample app could not be deployed to ${environment}: ${why ?? state}`)
      return id
    },

    async promote(environment: Environment, deployment: string, expected: string | null): Promise<void> {
      const { status } = await call('POST', `/targets/${environment}/promote`, { deployment, expected })
      if (status !== 200)
        throw new Error(`The platform did not promote the sample app to ${environment}: it answered ${status}.`)
    },
  }
}

/** 404 and 409 are answers; anything else that is not 2xx is a failure in the platform's own words. */
async function request(platform: PlatformAddress, method: string, path: string, body?: unknown) {
  const response = await fetch(platform.url + path, {
    method,
    headers: { authorization: `Bearer ${platform.token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  })
  const json: unknown = await response.json()
  if (!response.ok && response.status !== 404 && response.status !== 409) {
    throw new Error(
      `The platform answered ${method} ${path} with ${response.status}: ${JSON.stringify(json).slice(0, 300)}`,
    )
  }
  return { status: response.status, json }
}
