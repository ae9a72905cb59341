import { chmod, chown, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, startedAt } from './alive.ts'
import { locked } from './budget/lock.ts'

/** The place of one run on the host: a folder no other run can enter, named by the uid the run has as long as it lasts. */
export interface Slot {
  uid: number
  folder: string
  /** Host folder of the run's files. */
  files: string
}

/** One uid per run, so that two runs at once cannot touch each other's processes or files. */
export const UIDS = { first: 62_000, count: 1_000 }

/** Takes a free slot under `work`. As root the folder belongs to the slot's uid; an ordinary user keeps it. */
export async function claimSlot(work: string, root: boolean): Promise<Slot> {
  const start = Math.floor(Math.random() * UIDS.count)
  for (let step = 0; step < UIDS.count; step++) {
    const uid = UIDS.first + ((start + step) % UIDS.count)
    const folder = join(work, String(uid))
    // mkdir is the lock: it succeeds for one process only.
    const taken = await mkdir(folder, { mode: 0o700 }).then(
      () => false,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return true
        throw error
      },
    )
    if (taken) continue
    await writeFile(join(folder, 'owner'), `${process.pid} ${await startedAt(process.pid)}\n`, { mode: 0o600 })
    const files = join(folder, 'files')
    await mkdir(files)
    await chmod(files, 0o755)
    if (root) {
      await chown(files, uid, uid)
      await chown(folder, uid, uid)
    }
    return { uid, folder, files }
  }
  throw new Error(`all ${UIDS.count} sandbox slots are taken`)
}

/** Removes what a run left. Never follows a link: `rm` unlinks links themselves. */
export const freeSlot = (slot: Slot) => rm(slot.folder, { recursive: true, force: true, maxRetries: 3 })

/**
 * Removes slots whose owner is no longer there; their processes died with it. One sweeper at a time: what one read as a
 * dead owner's, another could have removed, and a third process claimed, before the first gets to remove it.
 */
export const sweepSlots = (work: string): Promise<unknown> =>
  locked(work, 0, async () => {
    for (const name of await readdir(work)) {
      if (!/^\d+$/.test(name)) continue
      const folder = join(work, name)
      const [pid, started] = (await readFile(join(folder, 'owner'), 'utf8').catch(() => '')).trim().split(' ')
      // No owner yet: another process may be between mkdir and write; it is left for the next start.
      if (!pid || (await isAlive(Number(pid), started))) continue
      await rm(folder, { recursive: true, force: true })
    }
  })
