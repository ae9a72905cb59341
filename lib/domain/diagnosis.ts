import type { CapturedRequest, Frame } from './event.ts'
import type { CrashSite, Spot } from './repair.ts'
import type { Commit, Sha } from './tree.ts'

export type Remedy = 'code-fix' | 'rollback' | 'rerun' | 'reset-environment' | 'flag-off' | 'needs-person' | 'ignore'
export type Cause = 'code' | 'no-code-cause' | 'inconclusive'

export interface DiagnosisFacts {
  /** Where a repair starts: what production runs, or what a release of ours is about to make of it. */
  base: Sha
  /** What production ran, where that is another commit than `base`. */
  serving?: Sha
  route: string | null
  crash: CrashSite | null
  /** The stack's places in the files of `base`, the crash first. */
  spots: Spot[]
  frames: Frame[]
  /** Who last changed the crash line. */
  suspect: Commit | null
  /** What production served before, where known. */
  previous: Sha | null
  /** The suspect commit entered with what is deployed now. */
  suspectIsNew: boolean
  /** `base` and `previous` as the repository tells them; absent in diagnoses made before this was kept. */
  commits?: Commit[]
  /** Requests that may reproduce it, newest first; at most five. */
  requests: CapturedRequest[]
  /** Events the facts come from. */
  events: string[]
}

/** Why, where, since which commit, how sure, and which remedy. Append-only; the latest counts. */
export interface Diagnosis {
  id: number
  issue: number
  at: Date
  cause: Cause
  remedy: Remedy
  /** 0 to 1, from facts alone. Below 0.30 a person is asked at once. */
  confidence: number
  /** One sentence a person can read. */
  why: string
  facts: DiagnosisFacts
}

/** What is known of an issue that nobody looks into: nothing but where it was. */
export const nothingFound = (base: Sha, route: string | null): DiagnosisFacts => ({
  ...{ base, route, crash: null, spots: [], frames: [], suspect: null, previous: null },
  ...{ suspectIsNew: false, requests: [], events: [] },
})
