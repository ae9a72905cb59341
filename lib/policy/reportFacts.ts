import type { Diagnosis } from '../domain/diagnosis.ts'
import type { Fix } from '../domain/fix.ts'
import type { Issue } from '../domain/issue.ts'
import type { Project } from '../domain/project.ts'
import type { Release } from '../domain/release.ts'
import type { Stage } from './stageFacts.ts'

export interface ReportStrand {
  issue: Issue
  diagnosis: Diagnosis | null
  fixes: Fix[]
  /** The newest. */
  release: Release | null
  /** All of them, oldest first. */
  releases: Release[]
}

export interface ReportFacts {
  project: Project
  /** What is open, and what ended or was heard of since. */
  strands: ReportStrand[]
  /** Errors since from versions without the cure, by cured issue. */
  echoes: ReadonlyMap<number, number>
  /** What models were paid since. */
  spent: Spend[]
  promotedToday: number
  /** Open issues that `strands` leaves out. */
  more: number
  since: Date
  now: Date
}

/** One paid call. */
export interface Spend {
  at: Date
  usd: number
}

/** A strand with what is derived of it once. */
export interface Told extends ReportStrand {
  stage: Stage
  /** When it came to this. */
  at: Date
  echoes: number
}
