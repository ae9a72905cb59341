import type { Diagnosis } from '@/lib/domain/diagnosis.ts'
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

export interface EffectLine {
  kind: string
  target: string
  state: string
  at: Date
}

/** A strand with what its page tells on top of it. */
export interface Told extends Strand {
  effects: EffectLine[]
  audit: AuditLine[]
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
