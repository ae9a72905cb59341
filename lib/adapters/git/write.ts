import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Oid, Sha } from '../../domain/tree.ts'
import type { CommitPlan } from '../../world.ts'
import { has, type Mirror } from './mirror.ts'
import { commitObject, type Signer } from './sign.ts'
import { git } from './spawn.ts'

const line = (out: { stdout: Buffer }) => out.stdout.toString('utf8').split('\n')[0]!.trim()

/** Builds a tree from blobs in a throw-away index: no worktree exists, so no hook, filter or attribute can run. */
export async function composeTree(
  mirror: Mirror,
  base: Sha,
  edits: { path: string; bytes: Uint8Array }[],
): Promise<Oid> {
  await has(mirror, base)
  const index = join(mirror.dir, `index-${randomUUID()}`)
  const env = { GIT_INDEX_FILE: index }
  try {
    await git(mirror.dir, ['read-tree', base], { env })
    const rows: string[] = []
    for (const edit of edits) {
      const oid = line(await git(mirror.dir, ['hash-object', '-w', '--stdin'], { input: edit.bytes }))
      rows.push(`100644 ${oid}\t${edit.path}\0`)
    }
    await git(mirror.dir, ['update-index', '-z', '--add', '--index-info'], { env, input: rows.join('') })
    return line(await git(mirror.dir, ['write-tree'], { env }))
  } finally {
    await rm(index, { force: true })
  }
}

/** Deterministic: same tree, parents, message, date and key make the same sha, so a retry finds its own work. */
export async function composeCommit(mirror: Mirror, plan: CommitPlan, signer: Signer): Promise<Sha> {
  for (const parent of plan.parents) await has(mirror, parent)
  const input = commitObject(plan, signer)
  return line(await git(mirror.dir, ['hash-object', '-t', 'commit', '-w', '--stdin'], { input }))
}

export async function mergeTree(mirror: Mirror, ours: Sha, theirs: Sha): Promise<Oid | null> {
  await has(mirror, ours)
  await has(mirror, theirs)
  const out = await git(mirror.dir, ['merge-tree', '--write-tree', '--no-messages', ours, theirs], { accept: [1] })
  return out.status === 0 ? line(out) : null
}
