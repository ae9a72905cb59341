import type { Sha } from './tree.ts'

/** Probes sent by us: they cannot be influenced by what the app reports of itself. */
export interface ProbeCount {
  sent: number
  failed: number
  /** Median and 95th percentile, milliseconds. */
  p50: number
  p95: number
}

export interface Observation {
  requests: number
  failed: number
  /** 95th percentile in milliseconds, from buckets; null without requests. */
  p95: number | null
}

/** What a window saw, as numbers only. */
export interface Watch {
  /** ISO 8601. */
  since: string
  probes: ProbeCount
  before: Observation
  after: Observation
  /** Fingerprints first seen with the new commit: events of each. */
  newErrors: number[]
  /** Consecutive failed health probes, the most so far. */
  healthFailures: number
}

export type Verdict = { answer: 'healthy' | 'unhealthy' | 'inconclusive'; why: string }

export interface Exposure {
  /** Failures and requests on the route before. */
  failuresBefore: number
  requestsBefore: number
  requestsSince: number
  seenSince: number
  /** Lower 95 % bound of failures per request before. */
  rate: number
  /** rate × requestsSince. */
  expected: number
}

export type CureAnswer = { answer: 'cured' | 'unexposed' | 'relapsed'; sentence: string; exposure: Exposure }

/** Facts a release gathers on its way; each is filled once. */
export interface ReleaseFacts {
  branchSha?: Sha
  stagingSha?: Sha
  stagingDeployment?: string
  mainSha?: Sha
  productionDeployment?: string
  /** What production served before, recorded before promotion. */
  previous?: { deployment: string; sha: Sha }
  stagingSmoke?: { passed: number; failed: number }
  productionSmoke?: { passed: number; failed: number }
  soak?: Watch & { verdict?: Verdict; until?: string }
  watch?: Watch & { verdict?: Verdict; until?: string }
  cure?: CureAnswer
  /** How often an unexposed release was asked again. */
  asked?: number
  /** Why it waits or is held, in words. */
  waiting?: string
  /** ISO 8601 when each state was entered. */
  entered?: Partial<Record<ReleaseState, string>>
}

export type ReleaseState =
  | 'staging'
  | 'soaking'
  | 'promoting'
  | 'watching'
  | 'cured'
  | 'unexposed'
  | 'relapsed'
  | 'rolled-back'
  | 'held'

export interface Release {
  id: number
  project: number
  fix: string
  issue: number
  state: ReleaseState
  facts: ReleaseFacts
  createdAt: Date
}

/** Legal moves; anything else is refused by compare-and-swap. */
export const RELEASE_MOVES: Record<ReleaseState, ReleaseState[]> = {
  staging: ['soaking', 'held'],
  soaking: ['promoting', 'held'],
  promoting: ['watching', 'held'],
  watching: ['cured', 'unexposed', 'relapsed', 'rolled-back', 'held'],
  cured: ['relapsed'],
  unexposed: ['cured', 'relapsed', 'unexposed'],
  relapsed: ['rolled-back', 'held'],
  'rolled-back': [],
  held: ['staging', 'soaking', 'promoting', 'watching', 'rolled-back'],
}
