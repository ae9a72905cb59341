import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Snapshot } from '@vercel/sandbox'
import { isKey } from '../mounts.ts'
import { type Account, again, login, type Machine, within } from './machine.ts'
import { isGone } from './trouble.ts'

/** A snapshot nobody starts from is the service's to remove after this long. */
const KEPT_MS = 30 * 86_400_000
const SNAPSHOT_MS = 180_000

/** Which snapshot holds what a key names. Known to the service by the name of the machine it was made of. */
export interface Shelf {
  find(key: string): Promise<string | null>
  /** Ends the machine and keeps its disk under the key. */
  keep(key: string, machine: Machine): Promise<string>
  forget(key: string): Promise<void>
}

/** The machine whose disk a key names: content decides the name, so any process and any server finds it again. */
export const nameOf = (key: string): string => `nightshift-set-${key.slice(0, 40)}`

/** `folder` remembers ids, so that a run need not ask; where it is empty, as on a new server, the service is asked. */
export function shelf(account: Account, folder: string): Shelf {
  const remember = async (key: string, id: string) => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const draft = join(folder, `.${randomUUID()}`)
    await writeFile(draft, id)
    await rename(draft, join(folder, key))
  }
  const ask = async (key: string): Promise<string | null> => {
    const prefix = nameOf(key)
    const query = { ...login(account), name: prefix, limit: 10, ...within() }
    const page = await again(() => Snapshot.list(query)).catch((error: unknown) => {
      if (isGone(error)) return null
      throw error
    })
    return page?.snapshots.find(({ status }) => status === 'created')?.id ?? null
  }
  return {
    async find(key) {
      // A key is a name, never a path.
      if (!isKey(key)) return null
      const known = await readFile(join(folder, key), 'utf8').catch(() => null)
      if (known !== null) return known
      const found = await ask(key)
      if (found !== null) await remember(key, found)
      return found
    },
    async keep(key, { session }) {
      const { snapshotId } = await session
        .snapshot({ expiration: KEPT_MS, ...within(SNAPSHOT_MS) })
        .catch(async (error) => {
          // Taken, and the answer lost: the service knows it by the machine's name.
          const id = await ask(key).catch(() => null)
          if (id === null) throw error
          return { snapshotId: id }
        })
      await remember(key, snapshotId)
      return snapshotId
    },
    forget: (key) => rm(join(folder, key), { force: true }),
  }
}
