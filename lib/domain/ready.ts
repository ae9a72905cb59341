import type { Agent } from './work.ts'

export interface PartCheck {
  part: string
  /** Null: it was well when it was last tried. */
  why: string | null
}

/** What is known of an installation, read in one moment. */
export interface Facts {
  /** Versions this program comes with and the database has not; null where it cannot see its own. */
  migrations: { missing: string[] } | null
  ticks: { agent: Agent; ageMs: number; troubles: number }[]
  parts: PartCheck[]
  /** Calls to the outside whose end nobody has found out for ten minutes. */
  unknown: number
  /** Notices that no channel took for a quarter of an hour. */
  undelivered: number
  /** Pieces of work that failed three times. */
  stuck: number
  /** Sources that failed three times in a row. */
  sources: { kind: string; state: string }[]
}

export interface Check {
  ok: boolean
  /** For whoever is signed in; null where all is well. */
  why: string | null
}

/** `down`: nothing can be done here. `degraded`: people can look and decide, and something needs them. */
export interface Ready {
  status: 'ok' | 'degraded' | 'down'
  checks: Record<'database' | 'migrations' | 'sandbox' | 'agents' | 'outbox' | 'work' | 'providers', Check>
}
