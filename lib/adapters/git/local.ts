import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Entry, Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { LIST, parseListing } from './listing.ts'
import { readObjects } from './objects.ts'
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
 * Nothing the repository brings decides what is read: no fetching of what a partial clone lacks (which would run what
 * its remote names), no grafts, and no index of commits or packs that says other things than the objects do.
 */
const ENV = {
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_GRAFT_FILE: '/dev/null',
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'core.commitGraph',
  GIT_CONFIG_VALUE_0: 'false',
  GIT_CONFIG_KEY_1: 'core.multiPackIndex',
  GIT_CONFIG_VALUE_1: 'false',
}

/**
 * Opens any repository, worktree or bare. Objects are read through a throw-away repository of ours that borrows the
 * target's object folder, so its settings, attributes and hooks are not even read; only names are looked up in it.
 */
export async function openLocal(path: string): Promise<LocalRepository> {
  const { gitDir, objects } = await locate(resolve(path))
  const format = line(await git(gitDir, ['rev-parse', '--show-object-format'], { env: ENV }))
  const scratch = await mkdtemp(join(tmpdir(), 'nightshift-gate-'))
  const close = () => rm(scratch, { recursive: true, force: true })
  try {
    await git(scratch, ['init', '--bare', '--quiet', '--template=', `--object-format=${format}`])
    // Quoted, so that no character of the path means anything; alternates of the target are followed from there.
    const quoted = objects.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')
    await writeFile(join(scratch, 'objects/info/alternates'), `"${quoted}"\n`)
  } catch (error) {
    await close()
    throw error
  }
  return {
    close,
    commit: (name) => commitOf(gitDir, name),
    files: (sha) => filesOf(scratch, sha),
    async log(format, most) {
      const input = (await git(gitDir, ['for-each-ref', '--format=%(objectname)', 'refs/heads'], { env: ENV })).stdout
      if (input.length === 0) return []
      const args = ['log', '--stdin', `--max-count=${most}`, '--no-show-signature', '--no-color', `--format=${format}`]
      return (await git(scratch, args, { env: ENV, input })).stdout.toString('utf8').split('\n')
    },
    async blobs(entries) {
      const found = [...(await readObjects(scratch, readable(entries), ENV))]
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
  const sha = line(await git(gitDir, args, { env: ENV, accept: [1, 128] }))
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(sha)) throw unknown
  return sha
}

/** The listing of a commit, after every folder on the way was seen to be what its id says. */
async function filesOf(dir: string, sha: Sha): Promise<Entry[]> {
  const rows = parseListing((await git(dir, [...LIST, '-t', sha], { env: ENV })).stdout)
  const folders = rows.filter(({ mode }) => mode === '040000').map(({ oid }) => oid)
  await readObjects(dir, [...new Set([sha, `${sha}^{tree}`, ...folders])], ENV)
  return rows.filter(({ mode }) => mode !== '040000')
}

/** Where a repository keeps its names and its objects: read from its files, since asking git would be asking it. */
async function locate(path: string): Promise<{ gitDir: string; objects: string }> {
  const gitDir = await gitDirOf(path)
  const common = resolve(gitDir, (await textIn(join(gitDir, 'commondir'))) ?? '.')
  const objects = join(common, 'objects')
  if (!(await isFolder(objects)) || (await textIn(join(gitDir, 'HEAD'))) === null)
    throw new Fault('NOT_FOUND', `${JSON.stringify(path)} is no git repository.`)
  return { gitDir, objects }
}

async function gitDirOf(path: string): Promise<string> {
  const dot = join(path, '.git')
  if (await isFolder(dot)) return dot
  // A worktree of its own or a submodule: the file says where its repository is.
  const named = /^gitdir: (.+)$/s.exec((await textIn(dot)) ?? '')?.[1]
  return named === undefined ? path : resolve(path, named)
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** A small file of git's, without its last line end. */
const textIn = (path: string): Promise<string | null> =>
  readFile(path, 'utf8').then(
    (text) => text.replace(/\r?\n$/, ''),
    () => null,
  )

const line = (out: { stdout: Buffer }): string => out.stdout.toString('latin1').trim()
