import type { EffectKind, EffectTarget } from '../domain/effect.ts'
import type { Risk, Tier } from '../domain/fix.ts'
import type { Severity } from '../domain/issue.ts'
import type { Level, Policy } from '../domain/project.ts'

export interface RollbackFacts {
  /** Whose deployment is taken away. */
  whose: 'ours' | 'person'
  /** Computed rollback safety: nothing that cannot be undone came with it. */
  clean: { answer: boolean; why: string }
  /** The team opted in to rolling back its own deployments at level 2. */
  optedIn: boolean
}

export interface DecisionFacts {
  kind: EffectKind | 'rerun' | 'reset-environment'
  target: EffectTarget
  level: Level
  severity: Severity
  /** null is unknown and counts as many. */
  users: number | null
  risk: Risk
  tier: Tier
  /** The tree gate's answer on exactly this tree; left out where a proof stands, which no refused tree gets. */
  gate?: 'pass' | 'needs-approval' | 'refused'
  /** The suite of the base commit; left out where a proof stands, which takes a green one. */
  suite?: 'green' | 'red' | 'none'
  /** Captured values that had to stay in the test: a person sees them before anything is pushed. */
  kept?: number
  /** Needed to decide a rollback; without it a rollback is stopped. */
  rollback?: RollbackFacts
  policy: Policy
  policyVersion: number
  now: Date
}
