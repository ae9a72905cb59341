import { diff3Merge, diffIndices } from 'node-diff3'

/** Bytes that are looked at for a NUL, which is how git tells what is no text. */
const LOOKED_AT = 8000
/** Common lines kept before the first and behind the last change, so that a change may lie either way among them. */
const MARGIN = 50
/** Lines a side from its first to its last change; finding what is common takes their square. */
const LINES_MAX = 10_000

type Sides = [base: string[], ours: string[], theirs: string[]]

/**
 * Three texts as one, by bytes; null where they conflict. Changes that touch each other conflict, as with git. Where
 * equal lines repeat, a change has several readings and git's own algorithms come to different merges; so what one side
 * changed and what the other did have to be parted by a line that stands once in each text, and reading the texts from
 * the top and from the bottom has to come to the same.
 */
export function mergeText(base: Uint8Array, ours: Uint8Array, theirs: Uint8Array): Buffer | null {
  const bytes = [base, ours, theirs].map((side) => Buffer.from(side))
  if (bytes.some((side) => side.subarray(0, LOOKED_AT).includes(0))) return null
  const sides = bytes.map(linesOf) as Sides
  const { from, until } = changedPart(sides)
  const middles = sides.map((lines) => lines.slice(from, lines.length - until)) as Sides
  const turned = middles.map((lines) => lines.toReversed()) as Sides
  if (middles.some((lines) => lines.length > LINES_MAX)) return null
  const once = standingOnce(sides)
  if (!areParted(middles, once) || !areParted(turned, once)) return null
  const [down, up] = [merged(middles), merged(turned)?.reverse()]
  if (!down || !up || down.length !== up.length || down.some((line, i) => line !== up[i])) return null
  const [lines] = sides
  return Buffer.from([...lines.slice(0, from), ...down, ...lines.slice(lines.length - until)].join(''), 'latin1')
}

/** One character a byte, so that no byte is lost; each line with its own end. */
const linesOf = (bytes: Buffer): string[] => bytes.toString('latin1').match(/[^\n]*\n|[^\n]+/g) ?? []

/** How many lines at the top and at the bottom are the same in all three, but for a margin. */
function changedPart([o, a, b]: Sides): { from: number; until: number } {
  const shortest = Math.min(o.length, a.length, b.length)
  let top = 0
  while (top < shortest && o[top] === a[top] && o[top] === b[top]) top += 1
  let bottom = 0
  const last = (lines: string[]) => lines.at(-1 - bottom)
  while (bottom < shortest - top && last(o) === last(a) && last(o) === last(b)) bottom += 1
  return { from: Math.max(0, top - MARGIN), until: Math.max(0, bottom - MARGIN) }
}

function standingOnce(sides: Sides): (line: string) => boolean {
  const counts = sides.map((lines) => {
    const count = new Map<string, number>()
    for (const line of lines) count.set(line, (count.get(line) ?? 0) + 1)
    return count
  })
  return (line) => counts.every((count) => count.get(line) === 1)
}

/** Whether between each two neighbouring changes of different sides there is such a line of the base. */
function areParted([o, a, b]: Sides, once: (line: string) => boolean): boolean {
  const changes = [a, b].flatMap((lines, side) =>
    diffIndices(o, lines).map(({ buffer1: [at, length] }) => ({ side, at, end: at + length })),
  )
  changes.sort((one, other) => one.at - other.at)
  return changes.every((change, i) => {
    const next = changes[i + 1]
    return !next || next.side === change.side || o.slice(change.end, next.at).some(once) || isTwin(change, next)
  })
}

/** The same lines of the base, changed by both: alike or not, which the merge finds out. */
const isTwin = (one: { at: number; end: number }, other: { at: number; end: number }): boolean =>
  one.at === other.at && one.end === other.end

function merged([o, a, b]: Sides): string[] | null {
  const regions = diff3Merge(a, o, b, { excludeFalseConflicts: true })
  return regions.some((region) => region.conflict) ? null : regions.flatMap((region) => region.ok ?? [])
}
