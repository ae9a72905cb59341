import type { Commit, Entry, Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { batchesOf } from './batches.ts'
import { LIST, parseListing } from './listing.ts'
import { has, type Mirror } from './mirror.ts'
import { git } from './spawn.ts'

const FORMAT = '%H%x00%T%x00%P%x00%an%x00%aI%x00%s'

/** A commit never changes, and starting git from a large process takes a twentieth of a second. */
const known = new Map<string, Commit>()
const KEEP = 1000

export async function readCommit(mirror: Mirror, sha: Sha): Promise<Commit> {
  if (!(await has(mirror, sha)))
    throw new Fault('CODE_UNREACHABLE', `Commit ${sha.slice(0, 12)} is not in the repository.`)
  const key = `${mirror.dir} ${sha}`
  const commit = known.get(key) ?? (await askGit(mirror, sha))
  if (known.size >= KEEP) known.clear()
  if (/^[0-9a-f]{40}$/.test(sha)) known.set(key, commit)
  return commit
}

async function askGit(mirror: Mirror, sha: Sha): Promise<Commit> {
  const out = await git(mirror.dir, ['log', '-1', '--no-show-signature', `--format=${FORMAT}`, sha, '--'])
  const [id = '', tree = '', parents = '', author = '', at = '', subject = ''] = out.stdout
    .toString('utf8')
    .trimEnd()
    .split('\0')
  return { sha: id, tree, parents: parents ? parents.split(' ') : [], author, at, subject: subject.slice(0, 200) }
}

export async function readFiles(mirror: Mirror, sha: Sha): Promise<Entry[]> {
  if (!(await has(mirror, sha)))
    throw new Fault('CODE_UNREACHABLE', `Commit ${sha.slice(0, 12)} is not in the repository.`)
  return readTree(mirror, sha)
}

/** A tree that is in our mirror, by its own id or its commit's. */
export async function readTree(mirror: Mirror, tree: Oid): Promise<Entry[]> {
  return parseListing((await git(mirror.dir, [...LIST, tree])).stdout)
}

export async function readBlob(mirror: Mirror, oid: Oid): Promise<Buffer> {
  return (await git(mirror.dir, ['cat-file', 'blob', oid])).stdout
}

export async function readBlobs(mirror: Mirror, entries: Pick<Entry, 'oid' | 'size'>[]): Promise<Buffer[]> {
  const found: Buffer[] = []
  for (const batch of batchesOf(entries)) {
    const oids = batch.map(({ oid }) => oid)
    const { stdout } = await git(mirror.dir, ['cat-file', '--batch'], { input: `${oids.join('\n')}\n` })
    found.push(...parseBatch(stdout, oids))
  }
  return found
}

/** `<oid> blob <size>`, the bytes, and a line break, for each that was asked for. */
function parseBatch(out: Buffer, oids: Oid[]): Buffer[] {
  let at = 0
  return oids.map((oid) => {
    const end = out.indexOf(10, at)
    const [id, type, size] = out.toString('latin1', at, end).split(' ')
    if (end < 0 || id !== oid || type !== 'blob')
      throw new Fault('CODE_UNREACHABLE', `There is no blob ${oid.slice(0, 12)}.`)
    at = end + 1 + Number(size) + 1
    return out.subarray(end + 1, at - 1)
  })
}

export async function isAncestor(mirror: Mirror, ancestor: Sha, descendant: Sha): Promise<boolean> {
  if (!(await has(mirror, ancestor)) || !(await has(mirror, descendant))) return false
  return (await git(mirror.dir, ['merge-base', '--is-ancestor', ancestor, descendant], { accept: [1] })).status === 0
}

export async function blame(mirror: Mirror, sha: Sha, path: string, line: number): Promise<Commit | null> {
  if (!(await has(mirror, sha))) return null
  const args = ['blame', '--porcelain', '-L', `${line},${line}`, sha, '--', path]
  const out = await git(mirror.dir, args, { accept: [128] })
  const found = out.status === 0 ? out.stdout.toString('utf8').slice(0, 40) : ''
  return /^[0-9a-f]{40}$/.test(found) ? readCommit(mirror, found) : null
}
