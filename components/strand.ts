import type { Diagnosis } from '@/lib/domain/diagnosis.ts'
import type { Earlier, Witness } from '@/lib/domain/evidence.ts'
import type { Fix } from '@/lib/domain/fix.ts'
import type { Issue } from '@/lib/domain/issue.ts'
import type { Project } from '@/lib/domain/project.ts'
import type { Release } from '@/lib/domain/release.ts'

/** An issue with everything that came of it. */
export interface Strand {
  issue: Issue
  /** The newest. */
  diagnosis: Diagnosis | null
  fixes: Fix[]
  /** The newest. */
  release: Release | null
}

export interface AuditLine {
  seq: number
  at: Date
  actor: string
  what: string
  body: Record<string, unknown>
}

/** With its seal: 64 hex digits. */
export type SealedLine = AuditLine & { hash: string }

export interface EffectLine {
  key: string
  kind: string
  target: string
  state: string
  at: Date
  /** The row of the audit that let it through. */
  auditSeq: number
}

/** A strand with what its page tells on top of it. */
export interface Told extends Strand {
  effects: EffectLine[]
  audit: SealedLine[]
  /** The events the diagnosis names first. */
  witnesses: Witness[]
  /** Closed issues of the same fingerprint, newest first. */
  earlier: Earlier[]
  /** Failures per minute on production, oldest first; minutes without any are left out. */
  minutes: { minute: Date; n: number }[]
}

/** What every part of a page needs to know besides the rows. */
export interface Desk {
  project: Project
  now: Date
}

/** Times are told in the zone of the project's hours. */
export const zoneOf = ({ project }: Desk): string => project.policy.hours.zone
