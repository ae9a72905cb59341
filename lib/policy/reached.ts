import type { Coverage } from '../domain/testRun.ts'
import { numberedChange } from './lines.ts'

const MOST_LINES = 2000

/** Whether a run went through any line that a patch changed, seen in the patched text. Unknown counts as reached. */
export function reaches(
  coverage: Coverage | null,
  before: Record<string, string>,
  after: Record<string, string>,
): boolean {
  if (!coverage) return true
  return Object.keys(after).some((path) => {
    const ranges = coverage[path]
    if (!ranges) return false
    const change = numberedChange(before[path] ?? '', after[path] ?? '', MOST_LINES)
    // A patch that only takes lines away is met by the lines around them.
    const lines = change?.came.length
      ? change.came.map(({ number }) => number)
      : change?.went.map(({ number }) => number)
    return !lines || lines.some((line) => ranIn(ranges, line))
  })
}

function ranIn(ranges: number[], line: number): boolean {
  for (let at = 0; at + 2 < ranges.length; at += 3)
    if (line >= ranges[at]! && line <= ranges[at + 1]! && ranges[at + 2]! > 0) return true
  return false
}
