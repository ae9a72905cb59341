import type { EffectKind, EffectTarget } from './effect.ts'
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

/** Why a release is taken back, and what has been undone so far. */
export interface Back {
  /**
   * unhealthy: its own probes, health or errors. failed: it could not be deployed. ordered, rejected: by a person.
   * overtaken: production runs something else by now, which says nothing against it.
   */
  kind: 'unhealthy' | 'failed' | 'ordered' | 'rejected' | 'overtaken'
  /** In words; told to people and to the next attempt. */
  why: string
  from: ReleaseState
  /** The target whose place it keeps meanwhile. */
  lane: 'staging' | 'production'
  /** ISO 8601. */
  at: string
  /** 1, and one more for each new order after it could not be done. */
  turn: number
  /** Each part of what had to be undone, in words, once it was read back. */
  undone?: Partial<Record<BackStep, string>>
}

/** In this order: users first, then the branches that others build on. */
export const BACK_STEPS = ['production', 'main', 'staging', 'branch'] as const
export type BackStep = (typeof BACK_STEPS)[number]

/** What was undone, in the order it was done: a database keeps no order of names. */
export const undoneInWords = (back: Back): string[] => BACK_STEPS.flatMap((step) => back.undone?.[step] ?? [])

/** What the gate said no to, and why: the release waits until that changes. */
export interface Refusal {
  kind: EffectKind
  target: EffectTarget
  reason: string
  /** The decision's own reasons, each a sentence. */
  why: string[]
  /** A person's approval is what it waits for. */
  asks: boolean
}

/** A pull request of ours, as it was opened. */
export interface Pull {
  number: number
  link: string
  branch: string
  head: Sha
  /** Opened as a draft by us, so it is ours to take out of it. */
  draft: boolean
  /** ISO 8601. */
  at: string
}

/** What the code host said no to, and how everything it looks at stood then: it is asked again once that has changed. */
export interface Withheld {
  target: 'staging' | 'production'
  seen: string
  /** ISO 8601. */
  at: string
  reason: string
  why: string[]
}

/** Facts a release gathers on its way; each is filled once. */
export interface ReleaseFacts {
  /** The tree gate on exactly this tree under this version of the policy. */
  gate?: { policyVersion: number; answer: 'pass' | 'needs-approval' | 'refused'; why: string[] }
  branchSha?: Sha
  /** By what they go into; none where the code host has no pull requests. */
  pulls?: Partial<Record<'staging' | 'production', Pull>>
  withheld?: Withheld
  stagingSha?: Sha
  /** What staging served before; null when it served nothing. */
  stagingPrevious?: { deployment: string; sha: Sha } | null
  stagingDeployment?: string
  mainSha?: Sha
  productionDeployment?: string
  /** What production served before, healthy when it was recorded, which is before anything there moves. */
  previous?: { deployment: string; sha: Sha }
  stagingSmoke?: { passed: number; failed: number }
  productionSmoke?: { passed: number; failed: number }
  soak?: Watch & { verdict?: Verdict; until?: string }
  watch?: Watch & { verdict?: Verdict; until?: string }
  cure?: CureAnswer
  back?: Back
  /** How often an unexposed release was asked again. */
  asked?: number
  /** ISO 8601: when it is asked next; null when nobody asks again. */
  askAt?: string | null
  refused?: Refusal
  /** Why it is held, in words. */
  waiting?: string
  /** ISO 8601 when each state was entered. */
  entered?: Partial<Record<ReleaseState, string>>
}

export type ReleaseState =
  | 'staging'
  | 'soaking'
  | 'promoting'
  | 'watching'
  | 'rolling-back'
  | 'cured'
  | 'unexposed'
  | 'relapsed'
  | 'rolled-back'
  | 'overtaken'
  | 'held'

export interface Release {
  id: number
  project: number
  fix: string
  issue: number
  state: ReleaseState
  facts: ReleaseFacts
  /** The person who ordered it back; null when nobody did. */
  backBy: number | null
  createdAt: Date
}

/** Legal moves; anything else is refused by compare-and-swap. */
export const RELEASE_MOVES: Record<ReleaseState, ReleaseState[]> = {
  staging: ['soaking', 'rolling-back', 'held'],
  soaking: ['promoting', 'rolling-back', 'held'],
  promoting: ['watching', 'rolling-back', 'held'],
  watching: ['cured', 'unexposed', 'relapsed', 'rolling-back', 'held'],
  // A person's order alone brings a release here from an end, or their no from where it is held.
  'rolling-back': ['rolled-back', 'overtaken', 'held'],
  cured: ['relapsed'],
  unexposed: ['cured', 'relapsed', 'unexposed'],
  relapsed: ['held'],
  'rolled-back': [],
  overtaken: [],
  held: ['staging', 'soaking', 'promoting', 'watching', 'rolling-back'],
}

/** It was told no and has moved nothing of its target yet, so it keeps nobody else waiting (SQL: `parked`). */
export const isParked = ({ state, facts }: Pick<Release, 'state' | 'facts'>): boolean =>
  facts.refused !== undefined &&
  ((state === 'staging' && facts.stagingSha === undefined) || (state === 'promoting' && facts.mainSha === undefined))

const NOT_OUT = new Set<ReleaseState>(['staging', 'soaking', 'promoting', 'held'])

/** A person rejected its fix while another release had its place: it goes back, once, as soon as it is its turn. */
export const awaitsItsWayBack = (
  { state, facts }: Pick<Release, 'state' | 'facts'>,
  { withdrawn }: { withdrawn: boolean },
): boolean => withdrawn && facts.back === undefined && NOT_OUT.has(state)
