import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CACHES, dependencyFolders } from '../../adopt/folders.ts'
import { ensureFolder, isFolder, isPlainWay, seal } from '../../seal.ts'

/** A path the guest chose ends a line of the list of mounts where it holds a line's end. */
const isPlain = (path: string) => [...path].every((character) => character >= ' ' && character !== '\u007f')

/**
 * Makes the machine's set of the dependency folders a guest left in `work`: `files/<path>` and the list `mounts`, root's
 * and read-only. The guest wrote beside them, so only the folders themselves go. False where `expected` is not one.
 */
export async function collectSet(work: string, set: string, expected: string): Promise<boolean> {
  if (!(await isPlainWay(work, expected))) return false
  // A project may need no package of npm's; pip always leaves its environment.
  if (basename(expected) === 'node_modules') await ensureFolder(join(work, expected))
  if (!(await isFolder(join(work, expected)))) return false
  const folders = (await dependencyFolders(work)).filter(isPlain)
  await rm(set, { recursive: true, force: true })
  for (const at of folders) {
    const target = join(set, 'files', at)
    await mkdir(dirname(target), { recursive: true })
    await rename(join(work, at), target)
    if (basename(at) === 'node_modules') for (const name of CACHES) await ensureFolder(join(target, name))
  }
  await seal(set, true)
  await writeFile(join(set, 'mounts'), folders.map((at) => `${at}\n`).join(''))
  return true
}
