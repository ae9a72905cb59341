import type { Entry, Oid } from './tree.ts'

/** A file's place in the merged tree that is not what it is in ours; `oid: null` takes it out. */
export interface Placed {
  path: string
  mode: string
  oid: Oid | null
}

/** A file both sides changed: its content is to be merged. */
export interface Both {
  path: string
  mode: string
  base: Oid
  ours: Oid
  theirs: Oid
}

type Named = Pick<Entry, 'path' | 'mode' | 'oid'>

/**
 * What merging `theirs` into `ours` does to the listing of ours; null where they conflict. Stricter than git: it follows
 * no renames, so where one may be and git would look for it, the two conflict.
 */
export function mergeListings(
  base: Named[],
  ours: Named[],
  theirs: Named[],
): { placed: Placed[]; both: Both[] } | null {
  const [o, a, b] = [base, ours, theirs].map(byPath) as [Listing, Listing, Listing]
  const placed: Placed[] = []
  const both: Both[] = []
  for (const path of new Set([...o.keys(), ...a.keys(), ...b.keys()])) {
    const [was, here, there] = [o.get(path), a.get(path), b.get(path)]
    if (same(here, there) || same(was, there)) continue
    if (same(was, here)) {
      placed.push({ path, mode: there?.mode ?? was!.mode, oid: there?.oid ?? null })
      continue
    }
    if (!was || !here || !there || ![was, here, there].every(({ mode }) => mode.startsWith('100'))) return null
    const mode = was.mode === here.mode ? there.mode : here.mode
    if (here.oid === there.oid || was.oid === there.oid) placed.push({ path, mode, oid: here.oid })
    else if (was.oid === here.oid) placed.push({ path, mode, oid: there.oid })
    else both.push({ path, mode, base: was.oid, ours: here.oid, theirs: there.oid })
  }
  if (mayBeRenamed(o, a, b) || isFileAndFolder(a, placed)) return null
  return { placed, both }
}

type Listing = Map<string, Named>

const byPath = (entries: Named[]): Listing => new Map(entries.map((entry) => [entry.path, entry]))
const same = (one: Named | undefined, other: Named | undefined): boolean =>
  one?.oid === other?.oid && one?.mode === other?.mode

/** Folders above a path. */
const above = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, i, all) => all.slice(0, i + 1).join('/'))

/**
 * Two ways in which git finds a conflict, or another result, by a rename alone: a file both sides took away, which one
 * of them may have moved elsewhere; and a folder one side moved, into which the other puts a file.
 */
function mayBeRenamed(o: Listing, a: Listing, b: Listing): boolean {
  const added = (one: Listing, other: Listing) =>
    [...one.keys()].filter((path) => !o.has(path) && !same(one.get(path), other.get(path)))
  const [byUs, byThem] = [added(a, b), added(b, a)]
  if (byUs.length + byThem.length > 0 && [...o.keys()].some((path) => !a.has(path) && !b.has(path))) return true
  const folders = (listing: Listing) => new Set([...listing.keys()].flatMap(above))
  const known = folders(o)
  const intoGone = (side: Listing, its: string[], others: string[]) => {
    if (its.length === 0 || others.length === 0) return false
    const left = folders(side)
    return others.some((path) => above(path).some((folder) => known.has(folder) && !left.has(folder)))
  }
  return intoGone(a, byUs, byThem) || intoGone(b, byThem, byUs)
}

/** A name that would be a file and a folder at once. */
function isFileAndFolder(a: Listing, placed: Placed[]): boolean {
  const files = new Set(a.keys())
  for (const { path, oid } of placed) {
    if (oid === null) files.delete(path)
    else files.add(path)
  }
  return [...files].some((path) => above(path).some((folder) => files.has(folder)))
}
