import { git } from './git.ts'

export interface TreeFile {
  /** `/`-separated, relative to the repository's root. */
  path: string
  /** `100644`, `100755` or `120000` (a symbolic link whose blob is its target). */
  mode: string
  oid: string
}

/** A commit with more files than this is not an app. */
const MAX_FILES = 50_000

/** Why a path from a commit must not be written to disk; null when it may. */
export function refusePath(path: string): string | null {
  const segments = path.split('/')
  const bad = segments.some((s) => s === '' || s === '.' || s === '..' || s.toLowerCase() === '.git')
  if (bad) return `the commit has a path that cannot be written: ${JSON.stringify(path)}`
  return null
}

/**
 * Lists a commit's files; submodules are left out.
 * Rejects when the commit is unknown or holds a path that cannot be written.
 */
export async function listTree(repository: string, sha: string): Promise<TreeFile[]> {
  const listing = (await git(repository, ['ls-tree', '-r', '-z', '--full-tree', `${sha}^{commit}`])).toString('utf8')
  const files: TreeFile[] = []
  for (const line of listing.split('\0')) {
    const match = /^(\d{6}) (\w+) ([0-9a-f]{40})\t(.+)$/s.exec(line)
    if (!match) continue
    const [, mode = '', type = '', oid = '', path = ''] = match
    if (type !== 'blob') continue
    const why = refusePath(path)
    if (why !== null) throw new Error(why)
    files.push({ path, mode, oid })
  }
  if (files.length > MAX_FILES) throw new Error(`the commit has more than ${MAX_FILES} files`)
  return files
}

/** Reads blobs in one go, in the order asked for. */
export async function readBlobs(repository: string, oids: string[]): Promise<Buffer[]> {
  const answer = await git(repository, ['cat-file', '--batch'], oids.map((oid) => `${oid}\n`).join(''))
  const blobs: Buffer[] = []
  let at = 0
  for (const oid of oids) {
    const end = answer.indexOf(10, at)
    const head = answer.subarray(at, end).toString()
    const size = Number(/^[0-9a-f]{40} blob (\d+)$/.exec(head)?.[1] ?? Number.NaN)
    if (Number.isNaN(size)) throw new Error(`git: no blob ${oid}`)
    blobs.push(answer.subarray(end + 1, end + 1 + size))
    at = end + 2 + size
  }
  return blobs
}
