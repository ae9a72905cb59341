import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Coverage } from '../../../domain/testRun.ts'

/** What the processes of a run wrote together, as coverage; how often a line ran is not known. */
export async function linesIn(folder: string): Promise<Coverage> {
  const seen = new Map<string, Set<number>>()
  for (const name of (await readdir(folder)).sort()) {
    if (!/^python-lines-\d+-\d+\.json$/.test(name)) continue
    for (const [path, lines] of entriesOf(await readFile(join(folder, name), 'utf8'))) {
      const known = seen.get(path) ?? new Set()
      for (const line of lines) known.add(line)
      seen.set(path, known)
    }
  }
  return Object.fromEntries([...seen].sort().map(([path, lines]) => [path, rangesOf(lines)]))
}

/** A process that was killed leaves half a file, which counts as none. */
function entriesOf(text: string): [string, number[]][] {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).map(([path, lines]) => [
      path,
      Array.isArray(lines) ? lines.filter(Number.isInteger) : [],
    ])
  } catch {
    return []
  }
}

/** Neighbouring lines as one range. */
export function rangesOf(lines: ReadonlySet<number>): number[] {
  const ranges: number[] = []
  for (const line of [...lines].sort((a, b) => a - b)) {
    if (ranges.length > 0 && ranges.at(-2) === line - 1) ranges[ranges.length - 2] = line
    else ranges.push(line, line, 1)
  }
  return ranges
}
