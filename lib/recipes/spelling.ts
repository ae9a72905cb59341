/** How many single letters two words differ by (Levenshtein); words longer than 60 letters are infinitely far apart. */
export function distance(a: string, b: string): number {
  if (a.length > 60 || b.length > 60) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1)!
}

/** A slip of the keyboard: at most a third of the letters, two at most, and never the case alone of another word. */
export const isSlip = (a: string, b: string): boolean =>
  a !== b && distance(a.toLowerCase(), b.toLowerCase()) <= Math.min(2, Math.floor(Math.max(a.length, b.length) / 3))
