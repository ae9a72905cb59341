import type { Suspect } from '../../domain/repair.ts'

/** More lines than this are not looked at: what ranks behind them is never tried. */
const LINES = 500

/** The highest weight a line was given, by path and line; paths with the highest suspicion first. */
export function suspicionOf(suspects: Suspect[]): Map<string, Map<number, number>> {
  const found = new Map<string, Map<number, number>>()
  for (const { path, line, weight } of [...suspects].sort((a, b) => b.weight - a.weight).slice(0, LINES)) {
    const lines = found.get(path) ?? new Map<number, number>()
    lines.set(line, Math.max(lines.get(line) ?? 0, weight))
    found.set(path, lines)
  }
  return found
}
