import { resolve } from 'node:path'
import type { Entry, Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { LIST, parseListing } from './listing.ts'
import { readObjects } from './objects.ts'
import { BORROWED, borrow, line } from './scratch.ts'
import { git } from './spawn.ts'

/** Somebody's repository on this machine, for looking at alone. */
export interface LocalRepository {
  /** A full or short sha, a branch, a tag: the commit it means here. */
  commit(name: string): Promise<Sha>
  files(sha: Sha): Promise<Entry[]>
  /** Bytes of these files; what is too large or not there is left out. */
  blobs(entries: Entry[]): Promise<Map<Oid, Buffer>>
  /** A line of this format for each of the newest commits of all branches. */
  log(format: string, most: number): Promise<string[]>
  close(): Promise<void>
}

/** A larger file is not read, and neither is more than this in all: a fix has neither. */
const MAX_BLOB = 2 * 1024 * 1024
const MAX_BLOBS = 32 * 1024 * 1024

/**
 * Opens any repository, worktree or bare, through a throw-away repository of ours that borrows its objects.
 */
export async function openLocal(path: string): Promise<LocalRepository> {
  const { dir: scratch, gitDir, close } = await borrow(resolve(path))
  if (!gitDir) {
    await close()
    throw new Fault('NOT_FOUND', `${JSON.stringify(path)} is no git repository.`)
  }
  return {
    close,
    commit: (name) => commitOf(gitDir, name),
    files: (sha) => filesOf(scratch, sha),
    async log(format, most) {
      const input = (await git(gitDir, ['for-each-ref', '--format=%(objectname)', 'refs/heads'], { env: BORROWED }))
        .stdout
      if (input.length === 0) return []
      const args = ['log', '--stdin', `--max-count=${most}`, '--no-show-signature', '--no-color', `--format=${format}`]
      return (await git(scratch, args, { env: BORROWED, input })).stdout.toString('utf8').split('\n')
    },
    async blobs(entries) {
      const found = [...(await readObjects(scratch, readable(entries), BORROWED))]
      return new Map(found.filter(([, { type }]) => type === 'blob').map(([oid, { bytes }]) => [oid, bytes]))
    },
  }
}

/** Ids of the files that are small enough, as many as fit. */
function readable(entries: Entry[]): Oid[] {
  const sizes = new Map(entries.filter(({ size }) => size <= MAX_BLOB).map(({ oid, size }) => [oid, size]))
  let sum = 0
  return [...sizes].flatMap(([oid, size]) => {
    sum += size
    return sum <= MAX_BLOBS ? [oid] : []
  })
}

async function commitOf(gitDir: string, name: string): Promise<Sha> {
  const unknown = new Fault('NOT_FOUND', `The repository has no commit called ${JSON.stringify(name)}.`)
  if (name === '' || name.includes('\0')) throw unknown
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]
  const sha = line(await git(gitDir, args, { env: BORROWED, accept: [1, 128] }))
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(sha)) throw unknown
  return sha
}

/** The listing of a commit, after every folder on the way was seen to be what its id says. */
async function filesOf(dir: string, sha: Sha): Promise<Entry[]> {
  const rows = parseListing((await git(dir, [...LIST, '-t', sha], { env: BORROWED })).stdout)
  const folders = rows.filter(({ mode }) => mode === '040000').map(({ oid }) => oid)
  await readObjects(dir, [...new Set([sha, `${sha}^{tree}`, ...folders])], BORROWED)
  return rows.filter(({ mode }) => mode !== '040000')
}
