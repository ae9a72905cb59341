import type { Environment } from './event.ts'
import type { Sha } from './tree.ts'

export type DeploymentState = 'building' | 'ready' | 'failed'

export interface Deployment {
  id: string
  sha: Sha
  environment: Environment
  state: DeploymentState
  /** Where this build answers before it takes traffic. */
  url: string | null
  /** ISO 8601. */
  at: string
  why: string | null
}

/** What serves, and the how-manieth change of traffic that was. */
export interface ServingPoint {
  deployment: string
  revision: number
}

/** What an environment serves now, read back from the host. */
export interface Serving extends ServingPoint {
  environment: Environment
  sha: Sha
  url: string
  /** The host was rolled back: until somebody promotes, no later build goes live by itself. */
  pinned?: true
}

/** What an earlier deployment brings back beside its code, where a host keeps both as they were when it was built. */
export interface Brings {
  /** Names of variables that were set since. */
  variables: string[]
  /** Calls made by the clock that will be made otherwise; null: not at all. */
  schedules: { path: string; before: string | null; after: string | null }[]
}

/** One route's traffic in one minute on one commit. */
export interface Traffic {
  environment: Environment
  sha: Sha
  route: string
  /** ISO 8601, whole minute. */
  minute: string
  requests: number
  /** Answers with status 500 or above. */
  failed: number
  /** Counts per bucket of `LATENCY_BUCKETS_MS`, one longer for the overflow. */
  latency: number[]
}

/** Upper bounds in milliseconds. */
export const LATENCY_BUCKETS_MS = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000] as const

/** What one route served over a stretch of time. */
export interface RouteLatency {
  route: string
  requests: number
  failed: number
  /** Counts per bucket of `LATENCY_BUCKETS_MS`, one longer for the overflow. */
  latency: number[]
}

/** Something about the host that `nightshift doctor` looks at. */
export type { Finding as HostFinding } from './finding.ts'
