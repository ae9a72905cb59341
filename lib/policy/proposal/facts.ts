import type { Decision, EffectKind, EffectTarget } from '../../domain/effect.ts'
import type { Proof, Risk } from '../../domain/fix.ts'
import type { Issue } from '../../domain/issue.ts'

/** What a commit says: typed values, of which only paths and the route are other people's words. */
export interface CommitFacts {
  /** Null where a checkout's failing tests are repaired, and nobody keeps issues. */
  issue: Pick<Issue, 'id' | 'severity' | 'users' | 'seen' | 'route'> | null
  /** Names of failing tests that pass now, untrusted; empty where a captured request is what failed. */
  tests: string[]
  fix: { id: string; paths: string[]; tier: Proof['tier'] }
  /** Path of the test that a model wrote and the fix is proven on, untrusted; absent where there is none. */
  writtenTest?: string
  /** The class of the error, untrusted; null where there was none. */
  errorType: string | null
  cause: { path: string; line: number } | null
  /** The status the replayed request is answered with now; null where no request was replayed. */
  answers: number | null
  /** The audit entry of this effect; null where nothing leaves the house, as in an artifact. */
  audit: { seq: number; hash: string } | null
}

/** What a pull request says besides. Everything marked untrusted is quoted, never woven into a sentence. */
export interface ProposalFacts extends CommitFacts {
  /** Untrusted. */
  errorMessage: string | null
  /** One sentence of a recipe, or whatever an author wrote: untrusted either way. */
  summary: string
  assumes: string[]
  proof: Proof
  /** Reasons name paths: untrusted. */
  risk: Risk
  decisions: { kind: EffectKind; target: EffectTarget; decision: Pick<Decision, 'answer' | 'reasons'> }[]
}
