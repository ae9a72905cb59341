import type { Diagnosis } from '../domain/diagnosis.ts'
import type { Fix } from '../domain/fix.ts'
import type { Issue } from '../domain/issue.ts'
import type { Project } from '../domain/project.ts'
import type { Release, ReleaseState } from '../domain/release.ts'

export type StageName =
  | ReleaseState
  | 'noticed'
  | 'diagnosing'
  | 'fixing'
  | 'proven'
  | 'waiting-for-you'
  | 'needs-person'
  | 'no-code-cause'
  | 'archived'

/** Columns of the board. Events have no stage: nothing is decided about one alone. */
export type Noun = 'event' | 'issue' | 'diagnosis' | 'fix' | 'release'

export interface Stage {
  stage: StageName
  /** The furthest noun that exists. */
  noun: Noun
  /** What is happening, and what happens next; may quote reasons, so it is rendered as text only. */
  sentence: string
  waitingForYou: boolean
}

export interface StageFacts {
  project: Pick<Project, 'level' | 'policy' | 'policyVersion' | 'pausedAt'>
  issue: Issue
  /** The newest; it alone counts. */
  diagnosis: Diagnosis | null
  /** In any order. */
  fixes: Fix[]
  /** The newest. */
  release: Release | null
  now: Date
}
