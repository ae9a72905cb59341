import { diffArrays } from 'diff'
import type { Coverage } from '../domain/testRun.ts'
import { saysNothing } from './saysNothing.ts'

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
    return ranges !== undefined && (metBy(path, before[path] ?? '', after[path] ?? '')?.some(ranIn(ranges)) ?? true)
  })
}

/** The patched lines a run has to go through to meet the change, from one; null where it is too large to tell. */
function metBy(path: string, before: string, after: string): number[] | null {
  const parts = diffArrays(before.split('\n'), after.split('\n'), { maxEditLength: MOST_LINES })
  if (!parts) return null
  const lines: number[] = []
  let number = 1
  parts.forEach((part, at) => {
    const came = part.added ? part.value.flatMap((line, i) => (saysNothing(path, line) ? [] : [number + i])) : []
    lines.push(...came)
    const { removed, count } = part
    if (!removed) number += count
    // Where nothing that runs came instead of what went, the lines around it are met.
    const next = parts[at + 1]
    if (removed && !(next?.added && next.value.some((line) => !saysNothing(path, line))))
      lines.push(number - 1, number + (next?.added ? next.count : 0))
  })
  return lines
}

const ranIn =
  (ranges: number[]) =>
  (line: number): boolean => {
    for (let at = 0; at + 2 < ranges.length; at += 3)
      if (line >= ranges[at]! && line <= ranges[at + 1]! && ranges[at + 2]! > 0) return true
    return false
  }

/** Whether a run went through one line; null where it is not known. */
export function ranAt(coverage: Coverage | null, path: string, line: number): boolean | null {
  const ranges = coverage && Object.hasOwn(coverage, path) ? coverage[path] : undefined
  return ranges === undefined ? null : ranIn(ranges)(line)
}
