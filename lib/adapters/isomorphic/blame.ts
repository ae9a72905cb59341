import { diffArrays } from 'diff'
import * as git from 'isomorphic-git'
import type { Commit, Sha } from '../../domain/tree.ts'
import { readCommit } from './read.ts'
import type { Store } from './store.ts'

/** Commits looked through; a line that is older than all of them is nobody's we can name. */
const MOST = 5000

/** The commit that last changed a line: it is followed into whichever parent has it, as far as there is one. */
export async function blame(store: Store, sha: Sha, path: string, line: number): Promise<Commit | null> {
  let at = await readCommit(store, sha)
  let lines = await linesOf(store, sha, path)
  let n = line - 1
  if (!lines || n < 0 || n >= lines.length) return null
  for (let seen = 0; seen < MOST; seen += 1) {
    const before = await inParent(store, at, path, lines, n)
    if (!before) return at
    at = await readCommit(store, before.sha)
    lines = before.lines
    n = before.n
  }
  return null
}

async function inParent(store: Store, { parents }: Commit, path: string, lines: string[], n: number) {
  for (const sha of parents) {
    const was = await linesOf(store, sha, path)
    const at = was && placeIn(was, lines, n)
    if (was && at !== null && at !== undefined) return { sha, lines: was, n: at }
  }
  return null
}

/** Where a line stood before; null when it was not there. */
function placeIn(was: string[], lines: string[], n: number): number | null {
  let [before, after] = [0, 0]
  for (const { added, removed, count = 0 } of diffArrays(was, lines)) {
    if (added) {
      if (n < after + count) return null
      after += count
    } else if (removed) before += count
    else {
      if (n < after + count) return before + (n - after)
      before += count
      after += count
    }
  }
  return null
}

async function linesOf(store: Store, sha: Sha, path: string): Promise<string[] | null> {
  const found = await git.readBlob({ ...store, oid: sha, filepath: path }).catch(() => null)
  return (
    found &&
    (Buffer.from(found.blob)
      .toString('latin1')
      .match(/[^\n]*\n|[^\n]+/g) ??
      [])
  )
}
