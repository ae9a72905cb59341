import { blobOid, treeOf } from '../../domain/gitTree.ts'
import { mergeListings } from '../../domain/mergeListings.ts'
import { mergeText } from '../../domain/mergeText.ts'
import type { Entry, Oid } from '../../domain/tree.ts'

/** A row of a tree to be made: bytes, or an object that is there; `oid: null` takes the path out. */
export type Row = { path: string; mode: string } & ({ bytes: Uint8Array } | { oid: Oid | null })

/**
 * What merging `theirs` into `ours` changes of the listing of ours, and the tree that has to come of it; null when they
 * conflict. `read`: the bytes of three blobs.
 */
export async function mergeRows(
  base: Entry[],
  ours: Entry[],
  theirs: Entry[],
  read: (oids: Oid[]) => Promise<Buffer[]>,
): Promise<{ rows: Row[]; mustBe: Oid } | null> {
  const merge = mergeListings(base, ours, theirs)
  if (!merge) return null
  const rows: Row[] = merge.placed.map(({ path, mode, oid }) => ({ path, mode, oid }))
  const placed = [...merge.placed]
  for (const { path, mode, ...sides } of merge.both) {
    const [was, mine, other] = await read([sides.base, sides.ours, sides.theirs])
    const bytes = mergeText(was!, mine!, other!)
    if (!bytes) return null
    rows.push({ path, mode, bytes })
    placed.push({ path, mode, oid: blobOid(bytes) })
  }
  return { rows, mustBe: placedOver(ours, placed) }
}

/** The tree of a listing after rows are placed over it, for computing its name. */
export function placedOver(entries: Entry[], rows: { path: string; mode: string; oid: Oid | null }[]): Oid {
  const files = new Map(entries.map(({ path, mode, oid }) => [path, { path, mode, oid }]))
  for (const { path, mode, oid } of rows) {
    if (oid === null) files.delete(path)
    else files.set(path, { path, mode, oid })
  }
  return treeOf([...files.values()])
}
