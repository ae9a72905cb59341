import { structuredPatch } from 'diff'
import type { Edit } from '../../lib/domain/tree.ts'
import { withEdits } from '../implementer/checkout.ts'
import type { Bench } from '../tools/desk.ts'
import { tryTests } from './run.ts'

export interface Hunk {
  path: string
  /** First line in the patched file. */
  line: number
  /** The edits with this one left out. */
  without: Edit[]
}

/** Each hunk of a change on its own: adjacent lines count as one. */
export function hunksOf(before: Record<string, string>, edits: Edit[]): Hunk[] {
  return edits.flatMap(({ path, text }) => {
    const old = before[path] ?? ''
    const { hunks } = structuredPatch(path, path, old, text, '', '', { context: 0 })
    return hunks.map((hunk): Hunk => {
      const lines = text.split('\n')
      const was = hunk.lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1))
      lines.splice(hunk.newStart - 1, hunk.newLines, ...was)
      const undone = lines.join('\n')
      const others = edits.filter((edit) => edit.path !== path)
      return { path, line: hunk.newStart, without: undone === old ? others : [...others, { path, text: undone }] }
    })
  })
}

/** Beyond these a change is no small one, and is said to be. */
const MOST = 12

/**
 * Undoes each hunk in turn: one that no test misses is reported, since nothing shows what it is for. A change of one hunk
 * was undone already, by the untouched copy.
 */
export async function unmissed(
  bench: Bench,
  edits: Edit[],
  mustPass: string[],
): Promise<Pick<Hunk, 'path' | 'line'>[]> {
  const hunks = hunksOf(bench.texts, edits)
  if (hunks.length < 2) return []
  const found: Pick<Hunk, 'path' | 'line'>[] = []
  for (const { path, line, without } of hunks.slice(0, MOST)) {
    const { run } = await tryTests(bench, withEdits(bench.files, without))
    if (!run) continue
    const passed = new Set(run.tests.filter(({ state }) => state === 'passed').map(({ id }) => id))
    if (mustPass.every((id) => passed.has(id))) found.push({ path, line })
  }
  return found
}
