import { chmod, copyFile, lstat, mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Copies a folder so that every user can read and run the copy, whatever the umask or the modes of the original.
 * Relative links stay links.
 */
export async function copyReadable(from: string, to: string): Promise<void> {
  const stat = await lstat(from)
  if (stat.isSymbolicLink()) {
    await symlink(await readlink(from), to)
  } else if (stat.isDirectory()) {
    await mkdir(to, { recursive: true })
    await chmod(to, 0o755)
    for (const name of await readdir(from)) await copyReadable(join(from, name), join(to, name))
  } else if (stat.isFile()) {
    await copyFile(from, to)
    await chmod(to, stat.mode & 0o100 ? 0o755 : 0o644)
  }
}

/** A folder every user can read, whatever the umask; the one it lies in must be there. */
export async function readableFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o755)
}

/** The same, emptied of what an interrupted start left in it. */
export async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await readableFolder(folder)
}
