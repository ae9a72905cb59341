import type { Deployment } from '../../lib/domain/deployment.ts'
import type { Environment } from '../../lib/domain/event.ts'

/** A running platform, which builds and serves what the emulated account is asked to. */
export interface PlatformAddress {
  url: string
  token: string
  app: string
}

export interface Platform {
  create(sha: string, environment: Environment, key: string): Promise<Deployment>
  deployment(id: string): Promise<Deployment>
  /** Gives a build an environment's traffic, whatever serves now; null, or why not. */
  serve(environment: Environment, id: string): Promise<string | null>
  /** Address of an environment's router. */
  address(environment: Environment): Promise<string>
}

/** What is read of the platform's own answers. */
interface Refusal {
  error?: { message?: string }
}
interface App {
  targets: Record<Environment, { url: string }>
}

export function openPlatform({ url, token, app }: PlatformAddress): Platform {
  const call = async <Said>(method: string, path: string, body?: unknown): Promise<{ status: number; json: Said }> => {
    const response = await fetch(`${url}/apps/${app}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      body: body === undefined ? null : JSON.stringify(body),
    })
    return { status: response.status, json: (await response.json()) as Said }
  }
  return {
    async create(sha, environment, key) {
      const { status, json } = await call<Deployment>('POST', '/deployments', { sha, environment, key })
      if (status >= 400) throw new Error(`the platform answered ${status}`)
      return json
    },
    deployment: async (id) => (await call<Deployment>('GET', `/deployments/${id}`)).json,
    async serve(environment, deployment) {
      const now = await call<{ deployment: string }>('GET', `/targets/${environment}`)
      const expected = now.status === 404 ? null : now.json.deployment
      const { status, json } = await call<Refusal>('POST', `/targets/${environment}/promote`, { deployment, expected })
      return status === 200 ? null : String(json.error?.message ?? status)
    },
    address: async (environment) => (await call<App>('GET', '')).json.targets[environment].url,
  }
}
