import type { Suspect } from '../../domain/repair.ts'

/** The highest weight a line was given, by path and line; paths with the highest suspicion first. */
export function suspicionOf(suspects: Suspect[]): Map<string, Map<number, number>> {
  const found = new Map<string, Map<number, number>>()
  for (const { path, line, weight } of [...suspects].sort((a, b) => b.weight - a.weight)) {
    const lines = found.get(path) ?? new Map<number, number>()
    lines.set(line, Math.max(lines.get(line) ?? 0, weight))
    found.set(path, lines)
  }
  return found
}
