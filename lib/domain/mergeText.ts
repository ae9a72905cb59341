import { diff3Merge } from 'node-diff3'

/** Bytes that are looked at for a NUL, which is how git tells what is no text. */
const LOOKED_AT = 8000
/** Common lines kept before the first and behind the last change, so that a change may lie either way among them. */
const MARGIN = 50
/** Lines a side from its first to its last change; finding what is common takes their square. */
const LINES_MAX = 10_000

/**
 * Three texts as one, by bytes; null where they conflict. Changes that touch each other conflict, as with git. Where
 * equal lines stand next to each other a change has several readings: it is read from the top and from the bottom, and
 * only what both readings come to is a merge.
 */
export function mergeText(base: Uint8Array, ours: Uint8Array, theirs: Uint8Array): Buffer | null {
  const sides = [base, ours, theirs].map((bytes) => Buffer.from(bytes))
  if (sides.some((bytes) => bytes.subarray(0, LOOKED_AT).includes(0))) return null
  const [o = [], a = [], b = []] = sides.map(linesOf)
  const shortest = Math.min(o.length, a.length, b.length)
  const same = (at: (lines: string[]) => string | undefined) => at(o) === at(a) && at(o) === at(b)
  let before = 0
  while (before < shortest && same((lines) => lines[before])) before += 1
  let behind = 0
  while (behind < shortest - before && same((lines) => lines.at(-1 - behind))) behind += 1
  const [from, until] = [Math.max(0, before - MARGIN), Math.max(0, behind - MARGIN)]
  const [middleO, middleA, middleB] = [o, a, b].map((lines) => lines.slice(from, lines.length - until)) as Middles
  if (Math.max(middleO.length, middleA.length, middleB.length) > LINES_MAX) return null
  const down = merged(middleO, middleA, middleB)
  const up = merged(middleO.toReversed(), middleA.toReversed(), middleB.toReversed())?.reverse()
  if (!down || !up || down.length !== up.length || down.some((line, i) => line !== up[i])) return null
  return Buffer.from([...o.slice(0, from), ...down, ...o.slice(o.length - until)].join(''), 'latin1')
}

type Middles = [string[], string[], string[]]

/** One character a byte, so that no byte is lost; each line with its own end. */
const linesOf = (bytes: Buffer): string[] => bytes.toString('latin1').match(/[^\n]*\n|[^\n]+/g) ?? []

function merged(o: string[], a: string[], b: string[]): string[] | null {
  const regions = diff3Merge(a, o, b, { excludeFalseConflicts: true })
  return regions.some((region) => region.conflict) ? null : regions.flatMap((region) => region.ok ?? [])
}
