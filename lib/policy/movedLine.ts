import { diffArrays } from 'diff'

/** Insertions and deletions looked through; files further apart than that are not one file any more. */
const MOST_EDITS = 2000

/** Where line `line` (from 1) of one version of a file stands in the next; null where that line itself changed or went. */
export function movedLine(before: string[], after: string[], line: number): number | null {
  let old = 1
  let now = 1
  // Undefined past the limit; the types of the package do not say so.
  for (const part of diffArrays(before, after, { maxEditLength: MOST_EDITS }) ?? []) {
    if (part.added) now += part.count
    else if (line < old + part.count) return line < old || part.removed ? null : now + line - old
    else {
      old += part.count
      if (!part.removed) now += part.count
    }
  }
  return null
}
