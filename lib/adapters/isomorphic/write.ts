import * as git from 'isomorphic-git'
import { treeWith } from '../../domain/gitTree.ts'
import type { Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import type { CommitPlan } from '../../world.ts'
import { mergeRows, type Row } from '../code/merging.ts'
import { commitObject, type Signer } from '../git/sign.ts'
import { readBlobs, readCommit, readFiles } from './read.ts'
import { has, type Store } from './store.ts'

export async function composeTree(store: Store, base: Sha, edits: { path: string; bytes: Uint8Array }[]): Promise<Oid> {
  const { tree } = await readCommit(store, base)
  const rows = edits.map(({ path, bytes }) => ({ path, mode: '100644', bytes }))
  return made(store, tree, rows, treeWith(await readFiles(store, base), edits))
}

async function made(store: Store, over: Oid, rows: Row[], mustBe: Oid): Promise<Oid> {
  if (rows.length === 0) return over
  const tree = await placed(store, over, rows)
  if (tree !== mustBe)
    throw new Fault('CODE_UNREACHABLE', `The tree came out as ${tree?.slice(0, 12)}, which it is not.`)
  return mustBe
}

/** A tree with rows placed in it, paths from here on; null when nothing is left in it. */
async function placed(store: Store, over: Oid | null, rows: Row[]): Promise<Oid | null> {
  const there = over ? (await git.readTree({ ...store, oid: over })).tree : []
  const entries = new Map(there.map((entry) => [entry.path, entry]))
  const below = new Map<string, Row[]>()
  for (const row of rows) {
    const slash = row.path.indexOf('/')
    if (slash < 0) {
      const oid = 'bytes' in row ? await git.writeBlob({ ...store, blob: row.bytes }) : row.oid
      if (oid === null) entries.delete(row.path)
      else entries.set(row.path, { ...row, oid, type: row.mode === '160000' ? 'commit' : 'blob' })
    } else {
      const name = row.path.slice(0, slash)
      below.set(name, [...(below.get(name) ?? []), { ...row, path: row.path.slice(slash + 1) }])
    }
  }
  for (const [name, inside] of below) {
    const was = entries.get(name)
    const oid = await placed(store, was?.type === 'tree' ? was.oid : null, inside)
    if (oid) entries.set(name, { path: name, mode: '040000', type: 'tree', oid })
    else entries.delete(name)
  }
  if (entries.size === 0) return null
  const tree = [...entries.values()].map(({ path, mode, oid, type }) => ({ path, mode, oid, type }))
  return git.writeTree({ ...store, tree })
}

/** The same bytes as the program's, so that both make the same commit of a plan. */
export async function composeCommit(store: Store, plan: CommitPlan, signer: Signer): Promise<Sha> {
  for (const parent of plan.parents) await has(store, parent)
  const object = Buffer.from(commitObject(plan, signer))
  return git.writeObject({ ...store, type: 'commit', format: 'content', object })
}

/** Stricter than git's own merge: see `mergeListings`. Histories that crossed are left to a person. */
export async function mergeTree(store: Store, ours: Sha, theirs: Sha): Promise<Oid | null> {
  const [here, there] = [await readFiles(store, ours), await readFiles(store, theirs)]
  const bases: Sha[] = await git.findMergeBase({ ...store, oids: [ours, theirs] })
  const [base] = bases
  if (!base) throw new Fault('CODE_UNREACHABLE', 'The two commits share no history.')
  if (bases.length > 1) return null
  const read = (oids: Oid[]) =>
    readBlobs(
      store,
      oids.map((oid) => ({ oid })),
    )
  const merge = await mergeRows(await readFiles(store, base), here, there, read)
  return merge && made(store, (await readCommit(store, ours)).tree, merge.rows, merge.mustBe)
}
