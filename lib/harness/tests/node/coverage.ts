import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Coverage } from '../../../domain/testRun.ts'
import { inRepository } from '../failure.ts'
import { linesOf, type Mapped } from './lines.ts'

interface Script {
  url?: string
  functions?: { ranges: { startOffset: number; endOffset: number; count: number }[] }[]
}
interface Report {
  result?: Script[]
  'source-map-cache'?: Record<
    string,
    { lineLengths?: number[]; data?: { mappings?: string; sources?: string[] } | null }
  >
}

/** What V8 counted in every process of a run, by line of the repository's own files. */
export async function linesIn(folder: string, workspace: string): Promise<Coverage | null> {
  const names = await readdir(folder).catch(() => [])
  const counts = new Map<string, number[]>()
  for (const name of names) {
    const report = await reportIn(join(folder, name))
    for (const script of report?.result ?? []) {
      const path = script.url ? inRepository(script.url, workspace) : null
      if (path === null || !script.url) continue
      const text = await readFile(join(workspace, path), 'utf8').catch(() => null)
      if (text === null) continue
      const mapped = report?.['source-map-cache']?.[script.url]
      const ranges = (script.functions ?? []).flatMap((one) => one.ranges)
      add(counts, path, linesOf(text, ranges, mapped ? ({ ...mapped } as Mapped) : null))
    }
  }
  return counts.size === 0 ? null : Object.fromEntries([...counts].map(([path, lines]) => [path, rangesOf(lines)]))
}

async function reportIn(path: string): Promise<Report | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Report
  } catch {
    return null
  }
}

function add(counts: Map<string, number[]>, path: string, lines: number[]): void {
  const known = counts.get(path)
  counts.set(path, known ? lines.map((count, at) => count + (known[at] ?? 0)) : lines)
}

/** Neighbouring lines of one count as one range. */
function rangesOf(lines: number[]): number[] {
  const ranges: number[] = []
  for (const [at, count] of lines.entries()) {
    const last = ranges.length - 3
    if (last >= 0 && ranges[last + 2] === count) ranges[last + 1] = at + 1
    else ranges.push(at + 1, at + 1, count)
  }
  return ranges
}
