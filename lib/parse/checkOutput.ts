import { parseTsc } from './tsc.ts'

/** What a check (types, lint) came to. */
export interface Checked {
  /** Null when it had to be ended. */
  exit: number | null
  /** Everything it printed. */
  output: string
}

/** A shell's "cannot be run" and "not found". */
const NOT_THERE = [126, 127]
/** `src/a.js:3:7`, `  3:7  error`: how linters name a place. */
const PLACE = /^(?:\S{1,300}:\d{1,7}:\d{1,5}\b|\s*\d{1,7}:\d{1,5}\s+(?:error|warning)\b)/

/** How many problems a check names; null when it did not look: it is not installed here, or took too long. */
export function problemsIn({ exit, output }: Checked): number | null {
  if (exit === null || NOT_THERE.includes(exit)) return null
  if (exit === 0) return 0
  const named = output.split('\n').filter((line) => PLACE.test(line.slice(0, 400))).length
  // One that fails without naming a place counts as one, so that silence is not taken for health.
  return Math.max(1, parseTsc(output).length, named)
}
