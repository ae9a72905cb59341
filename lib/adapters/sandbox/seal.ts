import { execFile } from 'node:child_process'
import { chmod, lstat, mkdir, rename } from 'node:fs/promises'
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
