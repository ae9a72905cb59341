import { createHash } from 'node:crypto'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'

const LOCKFILES = [
  ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'],
  ...['requirements.txt', 'poetry.lock', 'uv.lock', 'Pipfile.lock', 'composer.lock', 'Gemfile.lock'],
]
const FORMAT = 1

/** One line for each entry: path, kind, size in bytes, time of the last change in ms, target of a link. */
async function* entries(folder: string, skipped: string[]): AsyncGenerator<string> {
  const names = (await readdir(folder)).filter((name) => !skipped.includes(name)).sort()
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const stats = await lstat(path)
      const target = stats.isSymbolicLink() ? await readlink(path) : ''
      return { path, folder: stats.isDirectory(), facts: [stats.mode, stats.size, stats.mtimeMs, target] }
    }),
  )
  for (const entry of found) {
    yield JSON.stringify([entry.path, ...(entry.folder ? [] : entry.facts)])
    if (entry.folder) yield* entries(entry.path, [])
  }
}

/**
 * 64 hex digits over what an installed tree looks like, without reading it: lockfiles, npm's own record and the names,
 * times and sizes. The root's path counts, so that no other checkout can pass its folders off as this one's, and so does
 * what of the host its links may lead to.
 */
export async function fingerprint(
  root: string,
  folders: string[],
  skipped: string[],
  atHome: string[] = [],
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([FORMAT, process.arch, root, folders, atHome]))
  const records = folders.map((folder) => `${folder}/.package-lock.json`)
  for (const path of [...LOCKFILES, ...records]) {
    const bytes = await readFile(join(root, path)).catch(() => null)
    if (bytes) hash.update(JSON.stringify([path, bytes.length])).update(bytes)
  }
  for (const folder of folders) for await (const line of entries(join(root, folder), skipped)) hash.update(line)
  return hash.digest('hex')
}
