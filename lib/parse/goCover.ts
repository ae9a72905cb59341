import type { Coverage } from '../domain/testRun.ts'

const LINES_MAX = 500_000
const FILES_MAX = 5000
const SPAN_MAX = 20_000

/**
 * A coverage profile of Go's: `module/path/file.go:3.14,6.2 2 1` a block. Lines that were run, by the path `place` gives
 * a file; blocks named twice (once for each package's tests) are added up.
 */
export function parseGoCover(text: string, place: (file: string) => string | null): Coverage {
  const blocks = new Map<string, Map<string, number>>()
  for (const line of text.split('\n', LINES_MAX)) {
    const match = /^(.{1,1000}):(\d{1,7})\.\d{1,7},(\d{1,7})\.\d{1,7} \d{1,9} (\d{1,15})$/.exec(line.slice(0, 1100))
    if (!match?.[1]) continue
    const of = blocks.get(match[1]) ?? new Map<string, number>()
    if (blocks.size >= FILES_MAX && !blocks.has(match[1])) continue
    blocks.set(match[1], of)
    const span = `${match[2]},${match[3]}`
    of.set(span, (of.get(span) ?? 0) + Number(match[4]))
  }
  const coverage: Coverage = {}
  for (const [file, of] of blocks) {
    const path = place(file)
    const lines = path === null ? [] : ranges(of)
    if (path !== null && lines.length > 0) coverage[path] = lines
  }
  return coverage
}

/** Blocks share lines at their edges: the count of the one that ran most stands for the line. */
function ranges(blocks: Map<string, number>): number[] {
  const counts = new Map<number, number>()
  for (const [span, count] of blocks) {
    const [from = 0, to = 0] = span.split(',').map(Number)
    if (count === 0) continue
    for (let line = from; line <= Math.min(to, from + SPAN_MAX); line++)
      counts.set(line, Math.max(counts.get(line) ?? 0, count))
  }
  const found: number[] = []
  for (const [line, count] of [...counts].sort(([a], [b]) => a - b)) {
    if (found.at(-2) === line - 1 && found.at(-1) === count) found[found.length - 2] = line
    else found.push(line, line, count)
  }
  return found
}
