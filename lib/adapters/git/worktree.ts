import { constants } from 'node:fs'
import { lstat, open } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { blobOid } from '../../domain/gitTree.ts'
import type { SandboxFile } from '../../domain/sandbox.ts'
import type { Entry } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import type { LocalCheckout } from '../../world.ts'
import { commitOnto } from './branch.ts'
import { historyOf, NO_HISTORY } from './history.ts'
import { pathOf } from './listing.ts'
import { borrow, type Scratch } from './scratch.ts'
import { git } from './spawn.ts'

/** Larger files are assets, not code; more than this in all is no repository anybody tests in a sandbox. */
const MAX_FILE = 5 * 1024 ** 2
const MAX_FILES = 50_000
const MAX_BYTES = 400 * 1024 ** 2

/**
 * Opens a folder as it stands. Git only says which files are not ignored, from a throw-away repository of ours: the
 * folder's own settings, hooks and filters are not even read.
 */
export async function openCheckout(path: string): Promise<LocalCheckout> {
  const root = resolve(path)
  if (!(await lstat(root).catch(() => null))?.isDirectory())
    throw new Fault('NOT_FOUND', `${JSON.stringify(path)} is no folder.`)
  const scratch = await borrow(root)
  try {
    const { history, tracked } = scratch.gitDir ? await historyOf(scratch) : { history: NO_HISTORY, tracked: [] }
    const known = new Map(tracked.map((entry) => [entry.path, entry]))
    const files = await readFiles(root, [...new Set([...(await unignored(scratch, root)), ...known.keys()])].sort())
    const entries = files.map(entryOf)
    const changed = entries.filter(({ path, oid }) => known.get(path)?.oid !== oid).map(({ path }) => path)
    const here = new Set(entries.map(({ path }) => path))
    const gone = tracked.filter(({ path, mode, size }) => mode.startsWith('100') && size <= MAX_FILE && !here.has(path))
    return {
      ...{ root, files, entries, history, close: scratch.close },
      dirty: [...changed, ...gone.map((entry) => entry.path)],
      commitTo: (branch, edits, message) => commitOnto(scratch, history.head, branch, edits, message),
    }
  } catch (error) {
    await scratch.close()
    throw error
  }
}

const entryOf = ({ path, bytes, executable }: SandboxFile): Entry => ({
  ...{ path, mode: executable ? '100755' : '100644' },
  ...{ oid: blobOid(bytes), size: bytes.length },
})

/** What installers and builds put there is not the repository's, whether it says so or not. */
const NEVER = /(?:^|\/)(?:\.git|node_modules|\.venv|venv|__pycache__|\.tox|\.nyc_output|coverage\/lcov-report)\//

async function unignored(scratch: Scratch, root: string): Promise<string[]> {
  const args = ['-c', 'core.bare=false', 'ls-files', '--others', '--exclude-standard', '-z']
  const out = await git(scratch.dir, args, { env: { GIT_WORK_TREE: root } })
  const paths: string[] = []
  for (let from = 0; from < out.stdout.length; ) {
    const end = out.stdout.indexOf(0, from)
    const path = pathOf(out.stdout.subarray(from, end < 0 ? out.stdout.length : end))
    from = end < 0 ? out.stdout.length : end + 1
    // A folder in the list is a repository of its own.
    if (!path.endsWith('/') && !NEVER.test(path)) paths.push(path)
  }
  return paths
}

async function readFiles(root: string, paths: string[]): Promise<SandboxFile[]> {
  if (paths.length > MAX_FILES) throw new Fault('REPOSITORY_TOO_LARGE', `It has ${paths.length} files.`)
  const files: SandboxFile[] = []
  let bytes = 0
  for (const path of paths) {
    const file = await readFile(root, path)
    if (!file) continue
    bytes += file.bytes.length
    if (bytes > MAX_BYTES) throw new Fault('REPOSITORY_TOO_LARGE', 'Its files have more than 400 MB.')
    files.push(file)
  }
  return files
}

/** A regular file; null for links, folders, pipes, what is too large and what is not there. */
async function readFile(root: string, path: string): Promise<SandboxFile | null> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const handle = await open(join(root, path), flags).catch(() => null)
  if (!handle) return null
  try {
    const stat = await handle.stat()
    if (!stat.isFile() || stat.size > MAX_FILE) return null
    return { path, bytes: await handle.readFile(), executable: (stat.mode & 0o111) !== 0 }
  } finally {
    await handle.close()
  }
}
