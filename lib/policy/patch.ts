import { createHash } from 'node:crypto'
import { structuredPatch } from 'diff'
import type { FileDiff } from '../domain/fix.ts'

const CONTEXT = 3

/**
 * What a reader sees of a change: rows with line numbers (of the new file; of the old one for removed rows) and three
 * lines of context.
 */
export function diffOf(before: Record<string, string>, after: Record<string, string>): FileDiff[] {
  return Object.keys(after)
    .sort()
    .map((path) => ({ path, rows: rowsOf(before[path] ?? '', after[path] ?? '') }))
}

function rowsOf(before: string, after: string): FileDiff['rows'] {
  const rows: FileDiff['rows'] = []
  for (const hunk of structuredPatch('', '', before, after, '', '', { context: CONTEXT }).hunks) {
    if (rows.length > 0) rows.push({ kind: 'gap', text: '', line: null })
    let old = hunk.oldStart
    let now = hunk.newStart
    for (const line of hunk.lines) {
      const text = line.slice(1)
      if (line.startsWith('+')) rows.push({ kind: 'add', text, line: now++ })
      else if (line.startsWith('-')) rows.push({ kind: 'del', text, line: old++ })
      else if (line.startsWith(' ')) {
        rows.push({ kind: 'same', text, line: now++ })
        old++
      }
    }
  }
  return rows
}

/** Names a patch by the lines that go and come, without their numbers: the same patch on any base has the same name. */
export function patchHash(before: Record<string, string>, after: Record<string, string>): string {
  const changed = diffOf(before, after).map(({ path, rows }) => ({
    path,
    rows: rows.filter((row) => row.kind === 'add' || row.kind === 'del').map((row) => [row.kind, row.text]),
  }))
  return createHash('sha256').update(JSON.stringify(changed)).digest('hex')
}
