/** One row of the audit. */
export interface AuditRow {
  seq: number
  at: Date
  actor: string
  what: string
  body: Record<string, unknown>
}

/** A row as it was hashed: the database's own text of time and body. */
export interface SealedRow {
  project: number
  seq: number
  /** `YYYY-MM-DDTHH:MM:SS.ffffff`, UTC. */
  at: string
  actor: string
  what: string
  body: string
  /** 64 hex digits, or `00` before the first row. */
  prev: string
  hash: string
}

/** A position of the audit that was written down outside the database. */
export interface Anchor {
  seq: number
  hash: string
  /** Where it was found, for people. */
  where: string
}

/** What an audit is held against besides itself: the rows it claims to describe. */
export interface AuditClaims {
  head: { seq: number; hash: string }
  level: number
  policyVersion: number
  policy: unknown
  capPerDay: number
  paused: boolean
  effects: ClaimedEffect[]
}

/** An effect as it stands in its table. Who held its lease and its deadline are told nowhere else. */
export interface ClaimedEffect {
  key: string
  kind: string
  class: string
  target: string
  aim: string
  tree: string | null
  fix: string | null
  decision: unknown
  approval: number | null
  state: 'sending' | 'confirmed' | 'failed'
  receipt: unknown
  /** As a row's time. */
  at: string
  auditSeq: number
}

export interface AuditProblem {
  seq: number
  problem: string
}
