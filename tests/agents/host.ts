import type { Deployment, ServingPoint } from '../../lib/domain/deployment.ts'
import type { Environment } from '../../lib/domain/event.ts'
import type { DeployActor, Probe } from '../../lib/world.ts'

/** A host in memory that builds at once and serves what it is told; `answers` is what its apps say to probes. */
export interface Host {
  deploy: DeployActor
  probe: Probe
  /** Every request it accepted, in order. */
  log: string[]
  serving: Partial<Record<Environment, { deployment: string; revision: number; sha: string; pinned?: true }>>
  /** What it does when asked to move traffic; `nothing` answers as if it had. */
  shifts: 'well' | 'nothing'
  /** Status by path, for any build; 200 otherwise. */
  answers: Record<string, number>
  builds: 'ready' | 'failed'
  /** Whose health check fails. */
  unhealthy: Set<Environment>
}

export function memoryHost(sha: string): Host {
  const builds = new Map<string, Deployment & { key: string }>()
  const firsts = ['d-first', 'd-first-staging']
  function shift(what: string, environment: Environment, deployment: string, expected: ServingPoint | null): boolean {
    const now = host.serving[environment]
    if ((now?.deployment ?? null) !== (expected?.deployment ?? null)) return false
    if (expected && now?.revision !== expected.revision) return false
    host.log.push(`${what} ${environment}`)
    if (host.shifts === 'nothing') return true
    const commit = firsts.includes(deployment) ? sha : builds.get(deployment)!.sha
    host.serving[environment] = { deployment, revision: (now?.revision ?? 0) + 1, sha: commit }
    return true
  }
  const host: Host = {
    log: [],
    shifts: 'well',
    serving: {
      production: { deployment: 'd-first', revision: 1, sha },
      staging: { deployment: 'd-first-staging', revision: 1, sha },
    },
    answers: {},
    builds: 'ready',
    unhealthy: new Set(),
    probe: async (origin, request) => {
      const sick = request.path === '/healthz' && [...host.unhealthy].some((one) => origin.endsWith(`/${one}`))
      return { status: sick ? 503 : (host.answers[request.path] ?? 200), ms: 5 }
    },
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
      promote: async (environment, deployment, expected) =>
        shift('promote', environment, deployment, expected) ? 'promoted' : 'moved',
      rollback: async (environment, deployment, expected) =>
        shift('rollback', environment, deployment, expected) ? 'rolled-back' : 'moved',
    },
  }
  return host
}
