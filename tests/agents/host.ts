import type { Deployment } from '../../lib/domain/deployment.ts'
import type { Environment } from '../../lib/domain/event.ts'
import type { DeployActor, Probe } from '../../lib/world.ts'

/** A host in memory that builds at once and serves what it is told; `answers` is what its apps say to probes. */
export interface Host {
  deploy: DeployActor
  probe: Probe
  /** Every request it accepted, in order. */
  log: string[]
  serving: Partial<Record<Environment, { deployment: string; sha: string }>>
  /** Status by path, for any build; 200 otherwise. */
  answers: Record<string, number>
  builds: 'ready' | 'failed'
}

export function memoryHost(sha: string): Host {
  const builds = new Map<string, Deployment & { key: string }>()
  const host: Host = {
    log: [],
    serving: { production: { deployment: 'd-first', sha }, staging: { deployment: 'd-first-staging', sha } },
    answers: {},
    builds: 'ready',
    probe: async (_, request) => ({ status: host.answers[request.path] ?? 200, ms: 5 }),
    deploy: {
      async serving(environment) {
        const now = host.serving[environment]
        return now ? { environment, url: `http://127.0.0.1:1/${environment}`, ...now } : null
      },
      deployment: async (id) => builds.get(id) ?? null,
      traffic: async () => [],
      async create(commit, environment, key) {
        const known = [...builds.values()].find((build) => build.key === key)
        if (known) return known
        const id = `d${builds.size + 1}`
        host.log.push(`create ${environment}`)
        const build = {
          id,
          sha: commit,
          environment,
          key,
          state: host.builds,
          url: `http://127.0.0.1:1/${id}`,
          at: '',
          why: null,
        }
        builds.set(id, build)
        return build
      },
      find: async (key) => [...builds.values()].find((build) => build.key === key) ?? null,
      async promote(environment, deployment, expected) {
        if ((host.serving[environment]?.deployment ?? null) !== expected) return 'moved'
        host.log.push(`promote ${environment}`)
        host.serving[environment] = { deployment, sha: builds.get(deployment)!.sha }
        return 'promoted'
      },
    },
  }
  return host
}
