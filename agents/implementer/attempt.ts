import type { FileDiff, Proof } from '../../lib/domain/fix.ts'
import type { Obstacle } from '../../lib/policy/later.ts'
import type { ProvenFacts } from '../../lib/store/fixes.ts'

/** Why an attempt came to nothing, with what there is to look at. */
export interface Refused {
  ok: false
  /** In words; told to people and to the next attempt. */
  why: string
  proof: Proof | null
  /** Names the patch, so that it never comes again. */
  patch: string | null
  diff: FileDiff[] | null
  /** Another attempt would end the same way. */
  final: boolean
}

/** It could not be made yet, which says nothing about the code. */
export interface Postponed {
  ok: false
  why: string
  obstacle: Obstacle
}

/** A proven fix with the bytes of its files, or why there is none. */
export type Attempt =
  | { ok: true; facts: Omit<ProvenFacts, 'files'>; files: { path: string; bytes: Buffer }[] }
  | Refused
  | Postponed
