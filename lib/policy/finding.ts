/** Why a patch is no repair, however green it is: it weakens what judges it, or hides what it does. */
export interface Finding {
  path: string
  /** 1-based, in the new text; in the old one where something was taken away. 0 speaks of the whole file. */
  line: number
  rule:
    | 'test-deleted'
    | 'test-skipped'
    | 'fewer-tests'
    | 'fewer-assertions'
    | 'looser-matcher'
    | 'test-settings'
    | 'swallowed-error'
    | 'silenced-telemetry'
    | 'removed-check'
    | 'type-escape'
    | 'hidden-text'
    | 'blob'
    | 'too-much'
  why: string
}
