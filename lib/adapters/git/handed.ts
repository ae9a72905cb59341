import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A text that a child of ours may read under `path`, for as long as it is open. */
export interface Handed {
  path: string
  close(): Promise<void>
}

/**
 * Hands a secret to a program that reads only files. Where Linux lets it, the file has no name any more when it gets its
 * text, and lies in memory: a process of ours that is killed leaves nothing behind.
 */
export async function handed(text: string): Promise<Handed> {
  const folder = process.platform === 'linux' && (await isWritable('/dev/shm')) ? '/dev/shm' : tmpdir()
  const path = join(folder, `nightshift-${randomUUID()}`)
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600)
  const nameless = process.platform === 'linux'
  try {
    if (nameless) await rm(path)
    await file.writeFile(text)
  } catch (error) {
    await file.close()
    await rm(path, { force: true })
    throw error
  }
  return {
    path: nameless ? `/proc/${process.pid}/fd/${file.fd}` : path,
    close: async () => {
      await file.close()
      if (!nameless) await rm(path, { force: true })
    },
  }
}

const isWritable = (path: string): Promise<boolean> =>
  access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
