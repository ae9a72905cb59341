import type { Oid } from './tree.ts'

/** change: all checks. restore: lease only. tell: never paused, never capped. */
export type EffectClass = 'change' | 'restore' | 'tell'
export type EffectKind = 'push' | 'merge' | 'deploy' | 'promote' | 'rollback' | 'tell'
export type EffectTarget = 'branch' | 'staging' | 'production' | 'inbox'

/** What pure policy says about an effect, and between when and when it holds. */
export interface Decision {
  answer: 'go' | 'ask' | 'stop'
  /** Named reasons, each a sentence a person can read; never empty. */
  reasons: string[]
  policyVersion: number
  /** ISO 8601. The gate refuses outside this window. */
  from: string
  until: string
}

export interface EffectRequest {
  /** Deterministic; a retry after `failed` adds `#2`. */
  key: string
  project: number
  /** The work subject whose lease is held. */
  subject: string
  kind: EffectKind
  class: EffectClass
  target: EffectTarget
  tree: Oid | null
  fix: string | null
  decision: Decision
  /** Seconds after which an unanswered call counts as unknown. */
  timeoutSeconds: number
}

/** `yes`: call now. `ask`: past its deadline, ask the outside. `wait`: somebody's call is under way. `no`: refused. */
export type Claim =
  | { answer: 'yes'; audit: { seq: number; hash: string }; at: string }
  | { answer: 'ask'; audit: { seq: number; hash: string }; at: string }
  | { answer: 'wait' }
  | { answer: 'confirmed'; receipt: unknown }
  | { answer: 'failed'; receipt: unknown }
  | { answer: 'no'; reason: string }
