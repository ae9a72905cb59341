import { chmod, mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SandboxFile } from '../../domain/sandbox.ts'
import { Fault } from '../../errors.ts'

const refuse = (path: string, why: string) => new Fault('HARNESS_FAILED', `File ${JSON.stringify(path)} ${why}.`)

/** The path's segments; refuses every path that is not plainly below the folder it is written to. */
export function segments(path: string): string[] {
  const parts = path.split('/')
  const bad = path.includes('\0') || parts.some((part) => part === '' || part === '.' || part === '..')
  if (bad) throw refuse(path, 'has a path that leaves the workspace')
  return parts
}

/**
 * Writes regular files into a fresh folder that nothing else writes to, so that no link can stand on the way.
 * Modes are set whatever our umask is: the reader has another uid.
 */
export async function writeTree(folder: string, files: SandboxFile[]): Promise<void> {
  const made = new Set([folder])
  const makeFolder = async (path: string): Promise<void> => {
    if (made.has(path)) return
    await makeFolder(dirname(path))
    await mkdir(path)
    await chmod(path, 0o755)
    made.add(path)
  }
  for (const file of files) {
    const target = join(folder, ...segments(file.path))
    try {
      await makeFolder(dirname(target))
      const handle = await open(target, 'wx')
      try {
        await handle.writeFile(file.bytes)
        await handle.chmod(file.executable ? 0o755 : 0o644)
      } finally {
        await handle.close()
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EEXIST' || code === 'ENOTDIR') throw refuse(file.path, 'is there twice')
      throw error
    }
  }
}
