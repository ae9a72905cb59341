/** How much of a text changed: lines that went and lines that came, and their bytes. */
export interface Difference {
  lines: number
  bytes: number
}

export interface ChangedLines {
  went: string[]
  came: string[]
}

/**
 * Counts the shortest line edit between two texts. Beyond `most` lines it answers `most + 1` and the bytes of both
 * texts: nobody needs the number then, and hostile input must not cost more.
 */
export function difference(before: string, after: string, most: number): Difference {
  const changed = changedLines(before, after, most)
  if (changed === null) return { lines: most + 1, bytes: bytesOf([before, after]) }
  return { lines: changed.went.length + changed.came.length, bytes: bytesOf([...changed.went, ...changed.came]) }
}

/** The lines of the shortest edit (Myers, 1986), or null when they are more than `most`. */
export function changedLines(before: string, after: string, most: number): ChangedLines | null {
  const a = linesOf(before)
  const b = linesOf(after)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return edited(a.slice(start, a.length - end), b.slice(start, b.length - end), most)
}

/** Terminators belong to their line, so that a lost last newline is a change. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

const bytesOf = (lines: string[]): number => new TextEncoder().encode(lines.join('')).length

function edited(a: string[], b: string[], most: number): ChangedLines | null {
  if (Math.abs(a.length - b.length) > most) return null
  const furthest = new Map<number, number>([[1, 0]])
  const trace: Map<number, number>[] = []
  for (let d = 0; d <= most; d++) {
    trace.push(new Map(furthest))
    for (let k = -d; k <= d; k += 2) {
      let x = comesDown(furthest, k, d) ? at(furthest, k + 1) : at(furthest, k - 1) + 1
      while (x < a.length && x - k < b.length && x - k >= 0 && a[x] === b[x - k]) x++
      furthest.set(k, x)
      if (x >= a.length && x - k >= b.length) return walkBack(trace, a, b)
    }
  }
  return null
}

const at = (furthest: Map<number, number>, k: number): number => furthest.get(k) ?? -1

const comesDown = (furthest: Map<number, number>, k: number, d: number): boolean =>
  k === -d || (k !== d && at(furthest, k - 1) < at(furthest, k + 1))

function walkBack(trace: Map<number, number>[], a: string[], b: string[]): ChangedLines {
  const changed: ChangedLines = { went: [], came: [] }
  let x = a.length
  let k = a.length - b.length
  for (let d = trace.length - 1; d > 0; d--) {
    const furthest = trace[d]!
    const down = comesDown(furthest, k, d)
    k = down ? k + 1 : k - 1
    x = at(furthest, k)
    if (down) changed.came.unshift(b[x - k]!)
    else changed.went.unshift(a[x]!)
  }
  return changed
}
