import type { Edit } from '../../domain/tree.ts'
import { replaced, type Swap } from '../swap.ts'
import { stretch } from './differences.ts'

/** A candidate with the failing tests it turned green. */
export interface Partial {
  edits: Edit[]
  green: string[]
}

/** Two candidates that together turn green what neither does alone. */
export interface Pairing {
  /** Indices into the candidates given. */
  of: [number, number]
  edits: Edit[]
}

/**
 * Pairs of candidates that between them turn every wanted test green, the likeliest first. `candidates` come in the order
 * of the search; one that did nothing, and one that did everything, is left out. Edits of one file are laid over each
 * other where they do not touch; pairs whose edits do are skipped. `most` limits the answer.
 */
export function pairsOf(
  files: Record<string, string>,
  candidates: Partial[],
  wanted: string[],
  most: number,
): Pairing[] {
  const parts = candidates.flatMap(({ edits, green }, at) => {
    const done = new Set(green.filter((test) => wanted.includes(test)))
    return done.size > 0 && done.size < wanted.length ? [{ at, edits, done }] : []
  })
  const pairs = parts.flatMap((first, index) =>
    parts.slice(index + 1).flatMap((second) => {
      const all = wanted.every((test) => first.done.has(test) || second.done.has(test))
      return all ? [{ first, second }] : []
    }),
  )
  // Both early: the sum of the ranks, not the first one's.
  pairs.sort((a, b) => a.first.at + a.second.at - (b.first.at + b.second.at))
  const found: Pairing[] = []
  const seen = new Set<string>()
  for (const { first, second } of pairs) {
    if (found.length >= most) break
    const edits = joined(files, first.edits, second.edits)
    const key = edits && JSON.stringify(edits)
    if (!edits || !key || seen.has(key)) continue
    seen.add(key)
    found.push({ of: [first.at, second.at], edits })
  }
  return found
}

/** Both candidates' edits in one; null where they touch the same text. */
export function joined(files: Record<string, string>, a: Edit[], b: Edit[]): Edit[] | null {
  const found = new Map(a.map(({ path, text }) => [path, text]))
  for (const { path, text } of b) {
    const other = found.get(path)
    const before = files[path]
    if (other === undefined) {
      found.set(path, text)
      continue
    }
    if (before === undefined) return null
    const [one, two] = [swapOf(before, other), swapOf(before, text)]
    if (one.from <= two.to && two.from <= one.to) return null
    found.set(path, replaced(before, 0, [one, two]))
  }
  return [...found].map(([path, text]) => ({ path, text }))
}

/** The one stretch that changed. */
function swapOf(before: string, after: string): Swap {
  const part = stretch(before, after)
  return { from: part.from, to: part.from + part.actual.length, text: part.expected }
}
