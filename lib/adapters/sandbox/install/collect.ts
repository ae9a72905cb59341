import { mkdir, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CACHES, dependencyFolders } from '../adopt/folders.ts'
import { writeManifest } from '../mounts.ts'
import { ensureFolder, isFolder, isPlainWay, seal } from '../seal.ts'

const cachesOf = (at: string) => (basename(at) === 'node_modules' ? CACHES : [])

/**
 * Makes a set in `draft` of the dependency folders a guest left in `files`. The guest wrote beside them, so only the
 * folders themselves go; links are never followed. False where there is none.
 */
export async function collect(files: string, draft: string, expected: string, root: boolean): Promise<boolean> {
  if (!(await isPlainWay(files, expected))) return false
  // A project may need no package of npm's; pip always leaves its environment.
  if (basename(expected) === 'node_modules') await ensureFolder(join(files, expected))
  if (!(await isFolder(join(files, expected)))) return false
  const folders = await dependencyFolders(files)
  for (const at of folders) {
    await mkdir(dirname(join(draft, at)), { recursive: true })
    await rename(join(files, at), join(draft, at))
    for (const name of cachesOf(at)) await ensureFolder(join(draft, at, name))
  }
  await seal(draft, root)
  await writeManifest(draft, { mounts: folders.map((at) => ({ at, caches: cachesOf(at) })), notes: [] })
  return true
}
