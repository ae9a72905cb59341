import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Coverage } from '../../../domain/testRun.ts'
import { inRepository } from '../failure.ts'

interface Counted {
  path?: string
  statementMap?: Record<string, { start: { line: number }; end: { line: number } }>
  s?: Record<string, number>
}

/** Counts as istanbul writes them, by statement; an inner statement says more than the one around it. */
export async function istanbulIn(folder: string, workspace: string): Promise<Coverage | null> {
  const coverage: Coverage = {}
  for (const file of Object.values(await read(join(folder, 'istanbul/coverage-final.json')))) {
    const path = file.path ? inRepository(file.path, workspace) : null
    if (path !== null) coverage[path] = rangesOf(file)
  }
  return Object.keys(coverage).length > 0 ? coverage : null
}

async function read(path: string): Promise<Record<string, Counted>> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, Counted>
  } catch {
    return {}
  }
}

function rangesOf({ statementMap = {}, s = {} }: Counted): number[] {
  const counts = new Map<number, { count: number; size: number }>()
  for (const [id, { start, end }] of Object.entries(statementMap)) {
    const size = end.line - start.line
    for (let line = start.line; line <= end.line && line - start.line < 5000; line++) {
      const known = counts.get(line)
      if (!known || known.size >= size) counts.set(line, { count: s[id] ?? 0, size })
    }
  }
  return [...counts].sort(([a], [b]) => a - b).flatMap(([line, { count }]) => [line, line, count])
}
