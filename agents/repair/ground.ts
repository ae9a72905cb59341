import type { Manifest } from '../../lib/domain/manifest.ts'
import type { Entry, Sha } from '../../lib/domain/tree.ts'
import type { History } from '../../lib/world/local.ts'
import type { Model } from '../../lib/world.ts'
import type { Bench } from '../tools/desk.ts'

/** Everything a repair stands on: a repository's copy, how it is tested, and who may be asked. */
export interface Ground extends Bench {
  history: History
  entries: Entry[]
  manifest: Manifest | null
  /** Files of the tests that judge a change: part of the floor. */
  judges: string[]
  /** What people protect besides. */
  protect: string[]
  /** Shell lines that look at the code without running it: types, lint. */
  checks: string[]
  /** A commit known to be good: the range in which the fault came. */
  goodBase: Sha | null
  /** Which failing tests are meant; all of them where nothing says. */
  isMeant: (id: string) => boolean
  /** Null: recipes alone. */
  model: Model | null
  /** Attempts of a model. */
  attempts: number
  /** Milliseconds the search may try candidates for. */
  searchMs: number
}

/** What somebody watching is told. */
export type Progress = (stage: Stage, text: string) => void

export type Stage =
  | 'read'
  | 'install'
  | 'baseline'
  | 'diagnose'
  | 'test'
  | 'search'
  | 'fix'
  | 'prove'
  | 'review'
  | 'write'
