import type { Sha } from './tree.ts'

export type Severity = 'P0' | 'P1' | 'P2' | 'P3' | 'P4'

/** The same thing going wrong, whatever source saw it. */
export type Issue = {
  id: number
  project: number
  fingerprint: string
  /** From templates and capped error text: untrusted, always rendered as text. */
  title: string
  route: string | null
  severity: Severity
  /** Why that severity, in words. */
  severityWhy: string
  /** Distinct users seen failing; null is unknown, which counts as large for levels and never as evidence for P0. */
  users: number | null
  /** Events counted, kept whole or not. */
  seen: number
  /** The commit that was running when it was first seen. */
  sha: Sha | null
  firstSeen: Date
  lastSeen: Date
} & ({ state: 'open' } | { state: 'closed'; closedAs: ClosedAs; closedAt: Date })

export type ClosedAs = 'cured' | 'archived'
