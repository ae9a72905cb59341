import { originalLines } from './sourceMap.ts'

export interface Range {
  startOffset: number
  endOffset: number
  count: number
}
/** A transpiled file: the lengths of its lines, and where they come from. */
export interface Mapped {
  lineLengths?: number[]
  data?: { mappings?: string; sources?: string[] } | null
}

/**
 * How often each line ran, by the innermost range over its first character that is not white space. Where the file was
 * transpiled, lines are those V8 saw, carried back by its source map.
 */
export function linesOf(text: string, ranges: Range[], mapped: Mapped | null): number[] {
  const own = text.split('\n')
  const mappings = mapped?.data?.mappings
  if (!mapped?.lineLengths || !mappings) {
    let at = 0
    const starts = own.map((line) => {
      const start = at + (line.length - line.trimStart().length)
      at += line.length + 1
      return start
    })
    return countsAt(starts, ranges)
  }
  let at = 0
  const starts = mapped.lineLengths.map((length) => {
    const start = at
    at += length + 1
    return start
  })
  const counts = countsAt(
    starts.map((start, line) => start + Math.min(2, mapped.lineLengths?.[line] ?? 0)),
    ranges,
  )
  const back = new Array<number>(own.length).fill(0)
  for (const [line, originals] of originalLines(mappings).entries())
    for (const original of originals) back[original] = Math.max(back[original] ?? 0, counts[line] ?? 0)
  return back.slice(0, own.length)
}

/** Ranges nest, so the last one that begins before a place and has not ended is the innermost. */
function countsAt(starts: number[], ranges: Range[]): number[] {
  const sorted = [...ranges].sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset)
  const open: Range[] = []
  let next = 0
  return starts.map((start) => {
    while (next < sorted.length && sorted[next]!.startOffset <= start) open.push(sorted[next++]!)
    while (open.length > 0 && open.at(-1)!.endOffset <= start) open.pop()
    return open.at(-1)?.count ?? 0
  })
}
