import type { Entry, Oid } from '../domain/tree.ts'
import type { Change } from './changes.ts'
import { difference } from './difference.ts'
import type { Hit } from './hit.ts'
import { printable } from './paths.ts'

/** Largest change (design, section 4): files, lines that went and came, and their bytes. */
export const CAPS = { files: 10, lines: 300, bytes: 64 * 1024 } as const

export interface Content {
  files: number
  lines: number
  bytes: number
  findings: (Hit & { path: string; side: 'base' | 'head' })[]
}

/** Reads every changed blob of both sides as text, and counts. A blob that was not given cannot pass. */
export function contentOf(changes: Change[], blobs: Map<Oid, Uint8Array>): Content {
  const content: Content = { files: changes.length, lines: 0, bytes: 0, findings: [] }
  const refuse = (path: string, side: 'base' | 'head', rule: string, why: string) =>
    content.findings.push({ path: printable(path), side, rule, why, answer: 'refused' })
  for (const { path, base, head } of changes) {
    const texts = { base: textOf(base, blobs), head: textOf(head, blobs) }
    for (const side of ['base', 'head'] as const) {
      const text = texts[side]
      if (text === 'missing') refuse(path, side, 'missing', 'Its content was not given, so it cannot be judged.')
      if (text === 'binary') refuse(path, side, 'binary', 'Only text is changed.')
    }
    const [before, after] = [texts.base, texts.head]
    if (typeof before === 'string' || typeof after === 'string') continue
    const { lines, bytes } = difference(before.text, after.text, CAPS.lines)
    content.lines += lines
    content.bytes += bytes
  }
  if (content.lines > CAPS.lines) refuse('', 'head', 'lines', `More than ${CAPS.lines} lines change.`)
  if (content.bytes > CAPS.bytes) refuse('', 'head', 'bytes', `${content.bytes} bytes change; at most ${CAPS.bytes}.`)
  return content
}

function textOf(entry: Entry | null, blobs: Map<Oid, Uint8Array>): { text: string } | 'missing' | 'binary' {
  if (entry === null || entry.mode === '160000') return { text: '' }
  const bytes = blobs.get(entry.oid)
  if (!bytes) return 'missing'
  if (bytes.includes(0)) return 'binary'
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return 'binary'
  }
}
