import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Megabytes a first start takes, measured on the sample: packages 550 in the checkout; Node and npm for sandboxes, a
 * PostgreSQL, the sample's dependencies for the platform and for proofs in the state folder, with room to work.
 */
export const NEEDS_MB = { checkout: 300, home: 1000 } as const

export interface Room {
  /** What the folder is for, in words. */
  what: string
  folder: string
  needsMb: number
}

/** A sentence with what to do where a disk is too full to start on, or null. */
export async function fullDisk(rooms: Room[], freeMb = freeMegabytes): Promise<string | null> {
  for (const { what, folder, needsMb } of rooms) {
    const free = await freeMb(folder)
    if (free >= needsMb) continue
    return (
      `The disk is too full: ${what} needs ${needsMb} MB in ${folder}, and ${free} MB are free there. ` +
      'Free some space, or choose another disk with NIGHTSHIFT_HOME=/some/folder.'
    )
  }
  return null
}

/** Of the file system a folder is on, or will be. */
async function freeMegabytes(folder: string): Promise<number> {
  const found = await statfs(folder).catch(() => null)
  if (found) return Math.floor((found.bavail * found.bsize) / 1024 ** 2)
  return folder === dirname(folder) ? 0 : freeMegabytes(dirname(folder))
}

/** The system's words for a full disk, met half-way, in ours; any other error stays as it is. */
export function inWords(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error)
  const full = /ENOSPC|No space left on device|EDQUOT|disk quota exceeded/i.exec(said)
  if (!full) return said
  return (
    `The disk became full (${full[0]}). Free some space and start again: what is done already is kept, and half-made ` +
    `parts are made anew.\n${said}`
  )
}
