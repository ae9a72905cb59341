import { constants } from 'node:fs'
import { lstat, open, realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { blobOid } from '../../domain/gitTree.ts'
import type { SandboxFile } from '../../domain/sandbox.ts'
import type { Entry, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import type { LocalCheckout } from '../../world/local.ts'
import { commitOnto } from './branch.ts'
import { commitNamed, filesAt, historyOf, plainIn, trackedAt } from './history.ts'
import { pathOf } from './listing.ts'
import { oidOf } from './objects.ts'
import { assertFits, MAX_FILE, staysBelow } from './plain.ts'
import { borrow, type Scratch } from './scratch.ts'
import { git } from './spawn.ts'

export interface OpenOptions {
  /** A commit's name: its files are opened, seen from it, whatever stands in the folder. */
  at?: string | null
  /** Files nobody committed that are none of the repository's. */
  leaveOut?: (path: string) => boolean
}

/**
 * Opens a folder as it stands, or one commit of it. Git only says which files are not ignored, from a throw-away
 * repository of ours: the folder's own settings, hooks and filters are not even read.
 */
export async function openCheckout(
  path: string,
  { at = null, leaveOut = () => false }: OpenOptions = {},
): Promise<LocalCheckout> {
  const root = resolve(path)
  if (!(await lstat(root).catch(() => null))?.isDirectory())
    throw new Fault('NOT_FOUND', `${JSON.stringify(path)} is no folder.`)
  const scratch = await borrow(root)
  try {
    const head = await commitNamed(scratch, at ?? 'HEAD')
    if (at !== null && !head) throw new Fault('NOT_FOUND', `The repository has no commit ${at}.`)
    const { files, dirty } =
      at !== null && head
        ? { files: await filesAt(scratch, head), dirty: [] }
        : await asItStands(scratch, root, head, leaveOut)
    const history = historyOf(scratch, head, new Set(dirty))
    return {
      ...{ root, files, entries: files.map(entryOf), history, dirty, close: scratch.close },
      commitTo: (branch, edits, message) => commitOnto(scratch, head, branch, edits, message),
    }
  } catch (error) {
    await scratch.close()
    throw error
  }
}

async function asItStands(scratch: Scratch, root: string, head: Sha | null, leaveOut: (path: string) => boolean) {
  const tracked = head ? await trackedAt(scratch, head) : []
  const known = new Map(tracked.map((entry) => [entry.path, entry.oid]))
  // Git lists what is committed as well, for the repository it is asked in has no index; that is read in any case.
  const others = (await unignored(scratch, root)).filter((path) => !leaveOut(path))
  const files = await readFiles(root, [...new Set([...others, ...known.keys()])].sort())
  const here = new Set(files.map(({ path }) => path))
  const changed = files.filter(({ path, bytes }) => !isKnown(bytes, known.get(path))).map(({ path }) => path)
  const gone = plainIn(tracked).flatMap(({ path }) => (here.has(path) ? [] : [path]))
  return { files, dirty: [...changed, ...gone] }
}

const isKnown = (bytes: Buffer, oid: string | undefined): boolean =>
  oid !== undefined && oidOf('blob', bytes, oid.length) === oid

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

interface Read extends SandboxFile {
  bytes: Buffer
}

async function readFiles(root: string, paths: string[]): Promise<Read[]> {
  assertFits(paths.length, 0)
  const isFolder = folderCheck(root)
  const files: Read[] = []
  let bytes = 0
  for (const path of paths) {
    if (!staysBelow(path) || !(await isFolder(dirname(path)))) continue
    const file = await readFile(root, path)
    if (!file) continue
    bytes += file.bytes.length
    assertFits(files.length, bytes)
    files.push(file)
  }
  return files
}

/** Whether a folder is one of the root's own: a link in its place, or on the way to it, leads to somebody else's files. */
function folderCheck(root: string): (folder: string) => Promise<boolean> {
  const real = realpath(root)
  const known = new Map<string, Promise<boolean>>()
  const look = async (folder: string) => (await realpath(join(root, folder))) === join(await real, folder)
  return (folder) => {
    const found = known.get(folder) ?? look(folder).catch(() => false)
    known.set(folder, found)
    return found
  }
}

/** A regular file; null for links, folders, pipes, what is too large and what is not there. */
async function readFile(root: string, path: string): Promise<Read | null> {
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
