import type { SearchInput } from '../../domain/repair.ts'
import type { Coverage } from '../../domain/testRun.ts'
import type { Unit } from './units.ts'

/** How often each line of a file was run, index 0 unused; undefined where the run says nothing of the line. */
function countsOf(coverage: Coverage, path: string, length: number): (number | undefined)[] {
  const spans = coverage[path]
  const counts = new Array<number | undefined>(length + 1).fill(spans ? undefined : 0)
  for (let at = 0; spans && at + 2 < spans.length; at += 3) {
    for (let line = spans[at]!; line <= spans[at + 1]! && line <= length; line += 1) counts[line] ??= spans[at + 2]
  }
  return counts
}

/**
 * Ochiai's coefficient of every line, index 0 unused; 1 where nobody measured. A line the runs say nothing of is no
 * statement, and counts half; one that no failing run executed counts nothing.
 */
export function spectrumOf(path: string, length: number, failing: Coverage[], passing: Coverage[]): number[] {
  if (failing.length === 0) return new Array<number>(length + 1).fill(1)
  const [bad, good] = [failing, passing].map((runs) => runs.map((run) => countsOf(run, path, length)))
  return Array.from({ length: length + 1 }, (_, line) => {
    if (bad!.every((run) => run[line] === undefined)) return 0.5
    const ran = (runs: (number | undefined)[][]): number => runs.filter((run) => (run[line] ?? 0) > 0).length
    const failed = ran(bad!)
    return failed === 0 ? 0 : failed / Math.sqrt(failing.length * (failed + ran(good!)))
  })
}

/** How much the stacks raise each line: those they name, and the functions those stand in. */
export function onStack(path: string, length: number, failures: SearchInput['failures'], units: Unit[]): number[] {
  const raised = new Array<number>(length + 1).fill(1)
  const raise = (line: number, times: number): void => {
    if (line >= 1 && line <= length) raised[line] = Math.max(raised[line]!, times)
  }
  for (const { failure } of failures) {
    for (const frame of failure.frames) {
      if (frame.path !== path) continue
      for (const unit of units) {
        if (unit.holds || frame.line < unit.from || frame.line > unit.to) continue
        for (let line = unit.from; line <= unit.to; line += 1) raise(line, 1.25)
      }
      raise(frame.line, 1.6)
    }
  }
  return raised
}
