import * as git from 'isomorphic-git'
import type { Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import type { Store } from './store.ts'

/** Commits walked before a push is called too large; ours are two or three. */
const MOST = 1000

/**
 * The objects of `sha` that the far side lacks, as a pack: commits down to those that its branches have, and of their
 * trees what no parent's tree holds.
 */
export async function packOf(store: Store, sha: Sha, theirs: Set<Sha>): Promise<Uint8Array> {
  const oids = new Set<Oid>()
  const known = new Set<Oid>()
  const commits: Sha[] = []
  const queue = [sha]
  while (queue.length > 0) {
    const at = queue.shift()!
    if (theirs.has(at) || commits.includes(at)) continue
    // Half of it would be refused there, as if the branch were protected.
    if (commits.length === MOST)
      throw new Fault('GIT_PROGRAM_MISSING', `git: without it, ${MOST} commits are pushed at once at most.`)
    commits.push(at)
    const { commit } = await git.readCommit({ ...store, oid: at })
    for (const parent of commit.parent) {
      if (theirs.has(parent)) await collect(store, (await git.readCommit({ ...store, oid: parent })).commit.tree, known)
      else queue.push(parent)
    }
  }
  for (const at of commits) {
    oids.add(at)
    await collect(store, (await git.readCommit({ ...store, oid: at })).commit.tree, oids, known)
  }
  const { packfile } = await git.packObjects({ ...store, oids: [...oids] })
  return packfile ?? new Uint8Array()
}

/** A tree, and everything below it that is not known. Submodules are somebody else's. */
async function collect(store: Store, tree: Oid, into: Set<Oid>, known: Set<Oid> = new Set()): Promise<void> {
  if (into.has(tree) || known.has(tree)) return
  into.add(tree)
  for (const { type, oid } of (await git.readTree({ ...store, oid: tree })).tree) {
    if (type === 'tree') await collect(store, oid, into, known)
    else if (type === 'blob' && !known.has(oid)) into.add(oid)
  }
}
