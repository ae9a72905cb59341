import type { SandboxFile } from '../../domain/sandbox.ts'
import type { Commit, Entry, Sha } from '../../domain/tree.ts'
import type { History } from '../../world/local.ts'
import { batchesOf } from './batches.ts'
import { LIST, parseListing } from './listing.ts'
import { readObjects } from './objects.ts'
import { assertFits, MAX_FILE, staysBelow } from './plain.ts'
import { BORROWED, line, type Scratch } from './scratch.ts'
import { git } from './spawn.ts'

const FORMAT = '%H%x00%T%x00%P%x00%an%x00%aI%x00%s'
const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const PATCH_MAX = 200_000

const ask = async (scratch: Scratch, args: string[]): Promise<Buffer> =>
  (await git(scratch.dir, args, { env: BORROWED, accept: [1, 128] })).stdout

/** The commit a name means there; null when it means none. */
export async function commitNamed({ gitDir }: Scratch, name: string): Promise<Sha | null> {
  if (name === '' || name.includes('\0') || !gitDir) return null
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]
  const sha = line(await git(gitDir, args, { env: BORROWED, accept: [1, 128] }))
  return SHA.test(sha) ? sha : null
}

/** Everything a commit tracks. */
export const trackedAt = async (scratch: Scratch, sha: Sha): Promise<Entry[]> =>
  parseListing(await ask(scratch, [...LIST, sha]))

/** What is read of a listing: plain files, but for those that are too large. */
export const plainIn = (entries: Entry[]): Entry[] =>
  entries.filter(({ path, mode, size }) => mode.startsWith('100') && size <= MAX_FILE && staysBelow(path))

/** A commit's plain files. */
export async function filesAt(scratch: Scratch, sha: Sha): Promise<SandboxFile[]> {
  const plain = plainIn(await trackedAt(scratch, sha))
  assertFits(
    plain.length,
    plain.reduce((sum, { size }) => sum + size, 0),
  )
  const once = [...new Map(plain.map((entry) => [entry.oid, entry])).values()]
  const bytes = new Map<string, Buffer>()
  for (const batch of batchesOf(once)) {
    const oids = batch.map(({ oid }) => oid)
    for (const [oid, object] of await readObjects(scratch.dir, oids, BORROWED)) bytes.set(oid, object.bytes)
  }
  return plain.flatMap(({ path, mode, oid }): SandboxFile[] => {
    const found = bytes.get(oid)
    return found ? [{ path, bytes: found, executable: mode === '100755' }] : []
  })
}

/**
 * What a repository tells of its past, seen from `head` and read through ours. Lines of a file that is not as it was
 * committed are no lines of any commit, and nobody is blamed for them.
 */
export function historyOf(scratch: Scratch, head: Sha | null, uncommitted: ReadonlySet<string>): History {
  const listed = async (args: string[]): Promise<Commit[]> =>
    commitsIn(await ask(scratch, ['log', '-z', '--no-show-signature', '--no-color', `--format=${FORMAT}`, ...args]))
  const one = async (sha: Sha): Promise<Commit | null> => (await listed(['-1', sha, '--']))[0] ?? null
  return {
    head,
    commit: async (name) => {
      const sha = await commitNamed(scratch, name)
      return sha ? one(sha) : null
    },
    log: async (path, most) => (head ? listed([`--max-count=${most}`, head, '--', ...(path ? [path] : [])]) : []),
    async blame(path, at) {
      if (!head || uncommitted.has(path)) return null
      const args = ['blame', '--porcelain', '-L', `${at},${at}`, head, '--', path]
      const sha = (await ask(scratch, args)).toString('latin1').split(' ', 1)[0] ?? ''
      return SHA.test(sha) ? one(sha) : null
    },
    async diff(sha) {
      if (!SHA.test(sha)) return ''
      const args = ['diff-tree', '-p', '--root', '--no-color', '--no-ext-diff', '--no-textconv', '--no-commit-id', sha]
      return (await ask(scratch, args)).toString('utf8').slice(0, PATCH_MAX)
    },
    since: async (base) =>
      head && SHA.test(base) ? (await listed(['--first-parent', `${base}..${head}`, '--'])).reverse() : [],
    files: (sha) => filesAt(scratch, sha),
  }
}

/** Records of `FORMAT`, parted by NUL as their fields are. */
function commitsIn(out: Buffer): Commit[] {
  const fields = out.toString('utf8').split('\0')
  const commits: Commit[] = []
  for (let at = 0; at + 5 < fields.length; at += 6) {
    const [sha = '', tree = '', parents = '', author = '', when = '', subject = ''] = fields.slice(at, at + 6)
    const known = { sha: sha.trim(), tree, parents: parents ? parents.split(' ') : [] }
    commits.push({ ...known, author: author.slice(0, 200), at: when, subject: subject.trim().slice(0, 200) })
  }
  return commits
}
