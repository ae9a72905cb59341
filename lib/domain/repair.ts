import type { Coverage, TestFailure } from './testRun.ts'
import type { Edit } from './tree.ts'

/** What a recipe sees, and what it may answer. Recipes are pure and run inside the sandbox. */

/** A place in a file as it stands, lines and columns counted from one. */
export interface Spot {
  path: string
  line: number
  column: number | null
  function: string | null
}

export interface CrashSite extends Spot {
  type: string
  message: string
}

export interface RecipeInput {
  crash: CrashSite
  /** The stack's places in the repository, the crash first: who called whom. */
  frames: Spot[]
  /** Source files and `package.json` and `tsconfig.json` by path, as text. */
  files: Record<string, string>
}

export interface Proposal {
  recipe: string
  edits: Edit[]
  /** One sentence, from a template: what was changed. */
  summary: string
  /** What the recipe assumes and could show; said on the page. */
  assumes: string[]
  /** Which guard of the same file the answer was modelled on, if any. */
  modelledOn: { path: string; line: number } | null
  /** How likely the search takes it to be, next to its other answers; a recipe for a crash says nothing. */
  score?: number
}

export type RecipeAnswer = { ok: true; proposal: Proposal } | { ok: false; recipe: string; why: string }

/** A line under suspicion: the higher the weight (0 to 1), the nearer to the fault. */
export interface Suspect {
  path: string
  line: number
  weight: number
}

/** What a search for a repair starts from where no crash names the line: failing tests and what they ran. */
export interface SearchInput {
  /** Sources and tests by path, as text. */
  files: Record<string, string>
  suspects: Suspect[]
  failures: { test: string; file: string | null; failure: TestFailure }[]
  /** What single tests ran, where it is known: where it is, a search that reads them works out its own suspects. */
  coverage?: { failing: Coverage[]; passing: Coverage[] }
  /** How many candidates to answer at most, the likeliest first. */
  most: number
}
