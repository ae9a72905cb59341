import type { Cause, Remedy } from './diagnosis.ts'
import type { Commit, Sha } from './tree.ts'

/** A pointer that must lead somewhere: one that does not fails the diagnosis it stands in. */
export type Evidence =
  | { kind: 'line'; path: string; line: number }
  | { kind: 'test'; id: string }
  /** A place of a failing test's stack, counted from 0. */
  | { kind: 'frame'; test: string; index: number }
  | { kind: 'commit'; sha: Sha }
  | { kind: 'event'; id: string }

export interface Hypothesis {
  /** One sentence. From a model it is untrusted text. */
  claim: string
  verdict: 'holds' | 'doubtful' | 'ruled-out'
  for: Evidence[]
  against: Evidence[]
}

export type Effort = 'small' | 'medium' | 'large'

/** Why, where, since when, how sure; filled from facts alone or by a model, and the same either way. */
export interface Finding {
  cause: Cause
  remedy: Remedy
  /** 0 to 1. A model's own is held to what its evidence carries. */
  confidence: number
  why: string
  /** The likeliest first. */
  where: { path: string; line: number; function: string | null }[]
  suspect: Commit | null
  /** How the suspect was found: by running the tests at commits of the range, or by who last changed the line. */
  suspectBy: 'executed' | 'blame' | null
  hypotheses: Hypothesis[]
  effort: Effort
  author: 'facts' | 'model'
}
