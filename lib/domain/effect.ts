import type { ChannelName } from './notice.ts'
import type { Oid } from './tree.ts'

/**
 * push, propose, merge, deploy and promote change something: all checks. rollback, revert, propose-revert and withdraw go
 * back to what was recorded: no hours, no cap. tell is never paused. The gate knows a kind's class; nobody can claim
 * another one. propose opens a pull request of ours, withdraw closes one.
 */
export type EffectKind =
  | 'push'
  | 'propose'
  | 'merge'
  | 'deploy'
  | 'promote'
  | 'rollback'
  | 'revert'
  | 'propose-revert'
  | 'withdraw'
  | 'tell'
/** tracker: the service an issue came from. pull: what people read on the code host. */
export type EffectTarget = 'branch' | 'staging' | 'production' | 'inbox' | 'tracker' | 'pull' | ChannelName

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
  target: EffectTarget
  /** What exactly is acted on: a branch, a commit brought in or taken out, a deployment, a notice. */
  aim: string
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
