import { execFile } from 'node:child_process'
import { chmod, lstat, mkdir, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { exactly } from './environment.ts'

const execute = promisify(execFile)

/** An own folder for what is not there yet; an existing entry, whatever it is, stays and is not followed. */
export const ensureFolder = (path: string) =>
  mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })

export const isFolder = async (path: string): Promise<boolean> =>
  (await lstat(path).catch(() => null))?.isDirectory() ?? false

/** Whether no folder on the way to a path below `root` is a link: a guest that has ended wrote what lies there. */
export async function isPlainWay(root: string, path: string): Promise<boolean> {
  const parent = dirname(path)
  return parent === '.' || ((await isPlainWay(root, parent)) && (await isFolder(join(root, parent))))
}

/** A regular file a guest left, followed through no link; null where there is none, or a larger one. */
export async function leftFile(root: string, path: string, largest: number): Promise<Buffer | null> {
  if (!(await isPlainWay(root, path))) return null
  const made = await lstat(join(root, path)).catch(() => null)
  return made?.isFile() && made.size <= largest ? readFile(join(root, path)) : null
}

/** Makes a tree ours and readable by everyone, and leaves nothing special in it. Links are never followed. */
export async function seal(folder: string, root: boolean): Promise<void> {
  const run = (program: string, ...argv: string[]) => execute(program, argv, { env: exactly({}) })
  await run('/usr/bin/find', folder, '!', '-type', 'f', '!', '-type', 'd', '!', '-type', 'l', '-delete')
  if (root) await run('/bin/chown', '-hR', '0:0', folder)
  await run('/bin/chmod', '-R', 'a+rX,go-w,ug-s', folder)
  await chmod(folder, 0o755)
}

/** Hands a finished folder over in one rename. Whoever was first wins; the other's draft is left to its maker. */
export const publish = (draft: string, folder: string) =>
  rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
