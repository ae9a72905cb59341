import { createHash } from 'node:crypto'
import type { Entry, Oid } from './tree.ts'

/** The object id git gives these bytes as a blob. */
export function blobOid(bytes: Uint8Array): Oid {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** The tree a listing makes; another name than the one it was asked for means that it is not that tree's. */
export const treeOf = (entries: Pick<Entry, 'path' | 'mode' | 'oid'>[]): Oid =>
  treeOid(entries.map(({ path, mode, oid }) => ({ path: path.split('/'), mode, oid })))

/**
 * The tree a listing makes with some files replaced or added, computed without git: so the reader can name what it
 * proved, and the actor, who builds the same tree with git, can check that it is the same.
 */
export function treeWith(entries: Entry[], edits: { path: string; bytes: Uint8Array }[]): Oid {
  const files = new Map(entries.map((entry) => [entry.path, { mode: entry.mode, oid: entry.oid }]))
  for (const edit of edits) files.set(edit.path, { mode: '100644', oid: blobOid(edit.bytes) })
  return treeOid([...files].map(([path, file]) => ({ path: path.split('/'), ...file })))
}

type Leaf = { path: string[]; mode: string; oid: Oid }

function treeOid(leaves: Leaf[]): Oid {
  const folders = new Map<string, Leaf[]>()
  const rows: { name: string; mode: string; oid: Oid }[] = []
  for (const leaf of leaves) {
    const [name = '', ...rest] = leaf.path
    if (rest.length === 0) rows.push({ name, mode: leaf.mode, oid: leaf.oid })
    else {
      const inside = folders.get(name)
      if (inside) inside.push({ ...leaf, path: rest })
      else folders.set(name, [{ ...leaf, path: rest }])
    }
  }
  for (const [name, inside] of folders) rows.push({ name, mode: '40000', oid: treeOid(inside) })
  // Git sorts by bytes, with folders as if their names ended in a slash.
  const key = (row: { name: string; mode: string }) => Buffer.from(row.mode === '40000' ? `${row.name}/` : row.name)
  rows.sort((a, b) => Buffer.compare(key(a), key(b)))
  const body = Buffer.concat(
    rows.flatMap((row) => [Buffer.from(`${row.mode} ${row.name}\0`), Buffer.from(row.oid, 'hex')]),
  )
  return createHash('sha1').update(`tree ${body.length}\0`).update(body).digest('hex')
}
