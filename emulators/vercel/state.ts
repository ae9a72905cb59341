/** What the emulated account holds, as plain data: a copy of it is what a stale answer is made from. */

export interface EmulatedDeployment {
  id: string
  /** Its build at the platform that does the work. */
  build: string
  sha: string
  ref: string
  target: 'production' | null
  /** Slug; null for a plain preview. */
  environment: string | null
  meta: Record<string, string>
  readyState: 'QUEUED' | 'BUILDING' | 'READY' | 'ERROR' | 'CANCELED'
  readySubstate: 'STAGED' | 'PROMOTED' | null
  /** Host it answers at, without a scheme. */
  host: string
  createdAt: number
  readyAt: number | null
  /** From the repository's `vercel.json` at that commit, at the real service. */
  crons: { path: string; schedule: string }[]
  /** What the build said when it failed. */
  error: string | null
}

export interface AliasRequest {
  fromDeploymentId: string | null
  toDeploymentId: string
  jobStatus: 'pending' | 'in-progress' | 'succeeded' | 'failed' | 'skipped'
  requestedAt: number
  type: 'promote' | 'rollback'
}

export interface Alias {
  uid: string
  alias: string
  deploymentId: string
  createdAt: number
  updatedAt: number
}

export interface EnvironmentVariable {
  id: string
  key: string
  target: string[]
  type: 'encrypted' | 'plain'
  updatedAt: number
}

export interface Hook {
  id: string
  url: string
  secret: string
  events: string[]
  projectIds: string[]
}

export interface Drain {
  id: string
  name: string
  endpoint: string
  encoding: 'json' | 'ndjson'
  compression: 'gzip' | 'none'
  secret: string
  projectIds: string[]
}

export interface State {
  /** Oldest first. */
  deployments: EmulatedDeployment[]
  aliases: Alias[]
  lastAliasRequest: AliasRequest | null
  /** "Auto-assign custom production domains" as the team set it. */
  autoAssign: boolean
  /** After an instant rollback, until somebody promotes. */
  pinned: boolean
  env: EnvironmentVariable[]
  hooks: Hook[]
  drains: Drain[]
}

export interface Store {
  readonly state: State
  change(how: (state: State) => void): void
  /** The state as it was so many milliseconds ago. */
  ago(ms: number): State
}

/** Past states that a stale answer may come from. */
const REMEMBERED = 200

export function openStore(first: State): Store {
  let state = first
  const past: { until: number; state: State }[] = []
  return {
    get state() {
      return state
    },
    change(how) {
      past.push({ until: Date.now(), state })
      if (past.length > REMEMBERED) past.shift()
      const next = structuredClone(state)
      how(next)
      state = next
    },
    ago(ms) {
      const then = Date.now() - ms
      return past.find(({ until }) => until > then)?.state ?? state
    },
  }
}

export const deploymentOf = (state: State, idOrHost: string): EmulatedDeployment | undefined =>
  state.deployments.find(({ id, host }) => id === idOrHost || host === idOrHost)

/** Which deployment an alias leads to. */
export const aliased = (state: State, alias: string): string | null =>
  state.aliases.find((one) => one.alias === alias)?.deploymentId ?? null
