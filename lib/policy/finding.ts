import type { Rule } from './integrity/rules.ts'

/** Why a patch is no repair, or one a person should see: it weakens what judges it, hides what it does, reaches further. */
export interface Finding {
  path: string
  /** 1-based, in the new text; in the old one where something was taken away. 0 speaks of the whole file. */
  line: number
  rule: Rule
  why: string
}
