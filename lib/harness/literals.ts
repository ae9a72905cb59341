import { readFile } from 'node:fs/promises'

const SOURCE = /\.(?:[cm]?[jt]sx?|py|go|rs|java|rb|php)$/
/** Larger files are generated. */
const MAX_BYTES = 400_000
/** Short ones are words of a program (`csv`, `desc`, `draft`); longer ones may be prose. */
const QUOTED = /'([^'\\\n]{1,40})'|"([^"\\\n]{1,40})"|`([^`\\\n$]{1,40})`/g

/**
 * The strings that stand in the repository's own sources. One of them in a captured request is a word of the program, not
 * somebody's data: it is in the history already.
 */
export async function literalsOf(tracked: string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const path of tracked) {
    if (!SOURCE.test(path)) continue
    const text = await readFile(path, 'utf8').catch(() => '')
    if (text.length > MAX_BYTES) continue
    for (const [, single, double, back] of text.matchAll(QUOTED)) found.add(single ?? double ?? back ?? '')
  }
  return found
}
