import type { Oid, Sha } from './tree.ts'

/** A person's yes to one tree up to one target, as it was shown to them. */
export interface Approval {
  id: number
  fix: string
  base: Sha
  tree: Oid
  target: 'staging' | 'production'
  policyVersion: number
  /** Name of the person. */
  by: string
  at: Date
  expiresAt: Date
  revokedAt: Date | null
  revokedWhy: string | null
  /** The review on the code host that it is; null: it was given here. */
  review?: number | null
  /** The release it serves. */
  usedBy: string | null
}
