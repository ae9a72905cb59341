/** Text instead of a stretch of source; offsets count UTF-16 units from the start of the file. */
export interface Swap {
  from: number
  to: number
  text: string
}

/** Applies swaps to a piece of source that starts at `base`. One inside another is dropped; deletions may overlap. */
export function replaced(text: string, base: number, swaps: Swap[]): string {
  const empty = (swap: Swap): number => (swap.from === swap.to ? 0 : 1)
  const sorted = [...swaps].sort((a, b) => a.from - b.from || empty(a) - empty(b) || b.to - a.to)
  let out = ''
  let done = base
  for (const swap of sorted) {
    if (swap.from >= done) out += text.slice(done - base, swap.from - base) + swap.text
    else if (swap.text !== '' || swap.to <= done) continue
    done = swap.to
  }
  return out + text.slice(done - base)
}
