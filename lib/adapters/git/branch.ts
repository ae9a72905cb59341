import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { commitNamed } from './history.ts'
import { BORROWED, line, type Scratch } from './scratch.ts'
import { git } from './spawn.ts'

const OURS = /^agent\/fix-[0-9a-f]{12}$/
const NAME = 'Nightshift'
const EMAIL = 'nightshift@localhost'

/**
 * A commit of these edits on a new branch, built from blobs in a throw-away index: the work tree is not touched and no
 * hook, filter or attribute of the repository runs. Create-only: a branch that is there and holds this very tree on this
 * parent is our own work, found again; any other is refused.
 */
export async function commitOnto(
  scratch: Scratch,
  head: Sha | null,
  branch: string,
  edits: { path: string; text: string }[],
  message: string,
): Promise<Sha> {
  const { gitDir } = scratch
  if (!gitDir || !head) throw new Fault('CODE_UNREACHABLE', 'There is no commit to put a branch on.')
  if (!OURS.test(branch)) throw new Fault('CODE_UNREACHABLE', `Nightshift creates no branch called ${branch}.`)
  const index = join(gitDir, `nightshift-index-${randomUUID()}`)
  const env = {
    GIT_INDEX_FILE: index,
    ...{ GIT_AUTHOR_NAME: NAME, GIT_AUTHOR_EMAIL: EMAIL, GIT_COMMITTER_NAME: NAME, GIT_COMMITTER_EMAIL: EMAIL },
  }
  try {
    await git(gitDir, ['read-tree', head], { env })
    const rows: string[] = []
    for (const { path, text } of edits) {
      const oid = line(await git(gitDir, ['hash-object', '-w', '--stdin', '--no-filters'], { input: text, env }))
      rows.push(`${await modeOf(gitDir, head, path)} ${oid}\t${path}\0`)
    }
    await git(gitDir, ['update-index', '-z', '--add', '--index-info'], { env, input: rows.join('') })
    const tree = line(await git(gitDir, ['write-tree'], { env }))
    const there = await madeBefore(scratch, branch, head, tree)
    if (there) return there
    const sha = line(await git(gitDir, ['commit-tree', '--no-gpg-sign', '-p', head, tree], { env, input: message }))
    const ref = `refs/heads/${branch}`
    const made = await git(gitDir, ['update-ref', ref, sha, '0'.repeat(sha.length)], { env, accept: [1, 128] })
    if (made.status !== 0) throw new Fault('CODE_UNREACHABLE', `There is a branch ${branch} already.`)
    return sha
  } finally {
    await rm(index, { force: true })
  }
}

/** The commit a branch is at, where its one parent and its tree are these. */
async function madeBefore(scratch: Scratch, branch: string, parent: Sha, tree: Oid): Promise<Sha | null> {
  const sha = await commitNamed(scratch, `refs/heads/${branch}`)
  if (!sha) return null
  const args = ['log', '-1', '--no-show-signature', '--format=%T %P', sha, '--']
  return line(await git(scratch.dir, args, { env: BORROWED })) === `${tree} ${parent}` ? sha : null
}

async function modeOf(gitDir: string, head: Sha, path: string): Promise<string> {
  const out = await git(gitDir, ['ls-tree', '-z', '--full-tree', head, '--', path])
  return out.stdout.toString('latin1').startsWith('100755') ? '100755' : '100644'
}
