import { changedLines } from './difference.ts'

export interface Line {
  /** 1-based: in the old text for a line that went, in the new one for a line that came. */
  number: number
  /** Without its terminator. */
  text: string
}

export interface NumberedChange {
  went: Line[]
  came: Line[]
}

/**
 * The changed lines of a file with their numbers, or null when they are more than `most`. Of equal lines the first
 * that fits is named: enough to find it, and the reader sees the same text there.
 */
export function numberedChange(before: string, after: string, most: number): NumberedChange | null {
  const changed = changedLines(before, after, most)
  return changed && { went: numbered(changed.went, before), came: numbered(changed.came, after) }
}

function numbered(lines: string[], text: string): Line[] {
  const all = text.split('\n')
  let from = 0
  return lines.map((line) => {
    const bare = line.replace(/\n$/, '')
    const at = all.indexOf(bare, from)
    from = at + 1
    return { number: at + 1, text: bare.replace(/\r$/, '') }
  })
}

/** 1-based line of an offset. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length
