import type { ErrorEvent, Frame } from '../../lib/domain/event.ts'
import type { CrashSite } from '../../lib/domain/repair.ts'
import type { Sha } from '../../lib/domain/tree.ts'
import type { CodeReader } from '../../lib/world.ts'

/**
 * The innermost frame that lies in a tracked file of `base`. An event from another commit may point at a line that has
 * moved since; then the line with the same text is taken, if there is exactly one.
 */
export async function crashSite(code: CodeReader, event: ErrorEvent, base: Sha): Promise<CrashSite | null> {
  const frame = event.failure.frames.find((f) => f.inApp && f.path !== null && f.line !== null)
  if (!frame?.path || !frame.line) return null
  const entry = (await code.files(base)).find((file) => file.path === frame.path && file.mode.startsWith('100'))
  if (!entry) return null
  const lines = (await code.blob(entry.oid)).toString('utf8').split('\n')
  const line = lineOf(lines, frame)
  if (line === null) return null
  const { type, message } = event.failure
  return { path: frame.path, line, column: frame.column, function: frame.function, type, message }
}

function lineOf(lines: string[], frame: Frame): number | null {
  const line = frame.line ?? 0
  if (line < 1) return null
  const text = frame.context?.trim()
  if (!text) return line <= lines.length ? line : null
  if (lines[line - 1]?.trim() === text) return line
  const same = lines.flatMap((candidate, i) => (candidate.trim() === text ? [i + 1] : []))
  return same.length === 1 ? same[0]! : null
}
