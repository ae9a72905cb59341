import type { ErrorEvent, Frame } from '../../lib/domain/event.ts'
import type { CrashSite, Spot } from '../../lib/domain/repair.ts'
import type { Entry, Sha } from '../../lib/domain/tree.ts'
import { movedLine } from '../../lib/policy/movedLine.ts'
import type { CodeReader } from '../../lib/world.ts'

/** Callers beyond these rarely have a say in what failed. */
const SPOTS = 8

/**
 * Where the stack stands in the files of `base`, the crash first. An event from another commit may point at a line that
 * has moved since: it is followed from there, or where that commit is lost, the line with the same text is taken, if there
 * is exactly one.
 */
export async function spotsOf(code: CodeReader, event: ErrorEvent, base: Sha): Promise<Spot[]> {
  const frames = event.failure.frames.filter((frame) => frame.inApp && frame.path !== null && frame.line !== null)
  const entries = await code.files(base)
  const theirs = event.sha && event.sha !== base ? await code.files(event.sha).catch(() => []) : []
  const spots: Spot[] = []
  for (const frame of frames.slice(0, SPOTS)) {
    const [lines = [], before] = [await linesOf(code, entries, frame), await linesOf(code, theirs, frame)]
    const line = lineOf(lines, frame, before)
    if (frame.path && line !== null)
      spots.push({ path: frame.path, line, column: frame.column, function: frame.function })
    // A stack without its crash would start the search at an innocent caller.
    else if (spots.length === 0) return []
  }
  return spots
}

export function crashSite(event: ErrorEvent, spots: Spot[]): CrashSite | null {
  const { type, message } = event.failure
  return spots[0] ? { ...spots[0], type, message } : null
}

async function linesOf(code: CodeReader, entries: Entry[], { path }: Frame): Promise<string[] | undefined> {
  const entry = entries.find((file) => file.path === path && file.mode.startsWith('100'))
  return entry && (await code.blob(entry.oid)).toString('utf8').split('\n')
}

function lineOf(lines: string[], frame: Frame, before?: string[]): number | null {
  const line = frame.line ?? 0
  if (line < 1) return null
  const text = frame.context?.trim()
  if (before && (!text || before[line - 1]?.trim() === text)) return movedLine(before, lines, line)
  if (!text) return line <= lines.length ? line : null
  if (lines[line - 1]?.trim() === text) return line
  const same = lines.flatMap((candidate, i) => (candidate.trim() === text ? [i + 1] : []))
  return same.length === 1 ? same[0]! : null
}
