import type { Fixture, FixtureRequest } from './fixture.ts'
import type { Oid, Sha } from './tree.ts'

export type Tier = 'replayed' | 'tested' | 'not-reproduced'

/** One A or B run in a fresh sandbox. */
export interface ProofRun {
  side: 'A' | 'B'
  /** HTTP status of the replayed request; 0 when the app did not answer. */
  status: number
  /** The issue's fingerprint was seen. */
  fingerprint: boolean
  /** Other fingerprints seen. */
  others: number
  /** Attempts to reach another host. */
  egress: number
  ms: number
  /** Red on A with the issue's fingerprint, green on B. */
  asExpected: boolean
  /** The errors it reported, at most five. Redacted, untrusted; absent in proofs made before this was kept. */
  saw?: { type: string; message: string }[]
  /** What it answered, the first 500 characters. Redacted, untrusted. */
  body?: string
}

export interface SuiteResult {
  /** Tests that pass in all three baseline runs. */
  stable: number
  /** Failing in all three baseline runs: with any of these the repository gets proposals only. */
  broken: string[]
  /** Names that differ between runs of the same tree; they do not count. */
  flickering: string[]
  /** Stable before, not passing in all three runs after. */
  lost: string[]
  /** The regression test left in the repository ran on A and failed there. */
  newTestFailedBefore: boolean
  /** It ran and passed in all three runs after. */
  newTestPassed: boolean
  runs: { side: 'before' | 'after'; passed: number; failed: number; ms: number }[]
}

export interface Proof {
  tier: Tier
  runs: ProofRun[]
  suite: SuiteResult
  /** Type errors; null where the project declares no check. */
  types: { before: number; after: number } | null
  /** Answers of the smoke set that differ between A and B. */
  smokeChanged: string[]
  /** The tree gate's answer on this tree; one that is refused may be shown with its proof, and is never shipped. */
  gate: 'pass' | 'needs-approval' | 'refused'
  /** JSON paths of the fixture whose captured value had to stay. */
  kept: string[]
  boundary: string
  ms: number
}

export interface Risk {
  low: boolean
  /** Every reason that makes it not low; empty when low. */
  reasons: string[]
  files: number
  lines: number
}

/** What a release probes with: declared by the team in the base commit's manifest, copied at proof time. */
export interface ProbePlan {
  health: string
  smoke: { request: FixtureRequest; expect: number }[]
}

/** What a reader of the page sees changed in one file; context is three lines. All text is untrusted. */
export interface FileDiff {
  path: string
  rows: { kind: 'same' | 'add' | 'del' | 'gap'; text: string; line: number | null }[]
}

export interface FixFile {
  path: string
  /** Key of the new content in `blobs`. */
  blob: string
}

export type Fix = {
  /** 12 hex digits of hash(project, fingerprint, base, attempt); also names branch and fixture. */
  id: string
  project: number
  issue: number
  attempt: 1 | 2 | 3
  base: Sha
  createdAt: Date
  /** Rejected by a person or rolled back, and why: it never comes again, and the next attempt is told. */
  withdrawn: boolean
  withdrawnWhy: string | null
  /** Production moved on from its base: it is proven again on what runs there now, which costs no attempt. */
  superseded: boolean
} & (
  | { state: 'drafting' }
  | {
      state: 'proven'
      tree: Oid
      /** Hash of the hunks without the fixture, on any base: a refused patch never comes twice. */
      patch: string
      files: FixFile[]
      fixture: Fixture
      probes: ProbePlan
      diff: FileDiff[]
      summary: string
      assumes: string[]
      risk: Risk
      proof: Proof
      provenAt: Date
    }
  | {
      state: 'refused'
      why: string
      /** Another attempt would end the same way. */
      final?: boolean
      proof: Proof | null
      patch: string | null
      /** Where the patch got far enough to be looked at. */
      diff?: FileDiff[] | null
    }
)

export type Proven = Extract<Fix, { state: 'proven' }>

export const branchOf = (fix: string): string => `agent/fix-${fix}`
export const fixturePathOf = (folder: string, fix: string): string => `${folder}/${fix}.json`

/** The first line of a reason: what people read first. */
export const headlineOf = (why: string): string => why.split('\n', 1)[0] ?? ''

/** The rest of it, such as what each recipe had against its repair. */
export const detailsOf = (why: string): string[] => why.split('\n').slice(1)
