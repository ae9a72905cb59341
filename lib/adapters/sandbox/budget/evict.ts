import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive } from '../alive.ts'
import { choose } from './choose.ts'
import { listItems } from './items.ts'
import { leased } from './leases.ts'
import { locked } from './lock.ts'
import { sizes } from './sizes.ts'

const DEFAULT_BUDGET = 5 * 1024 ** 3
const TRASH = 'cache/trash'
const DRAFT = /^adopt-(\d+)-/
const PATIENCE_MS = 2_000

/** Copies that a process did not live to finish. */
async function sweepDrafts(home: string): Promise<void> {
  for (const name of await readdir(join(home, 'cache'))) {
    const maker = DRAFT.exec(name)?.[1]
    if (maker && !(await isAlive(Number(maker)))) await rm(join(home, 'cache', name), { recursive: true, force: true })
  }
}

/**
 * Removes what is least recently used until the caches fit into `budget` bytes again; answers the paths. Nobody sees half
 * a folder: it is renamed away while no lease can be taken, and removed afterwards.
 */
export async function evict(home: string, budget = DEFAULT_BUDGET, now = Date.now()): Promise<string[]> {
  await sweepDrafts(home)
  const bytes = await sizes(home, await listItems(home))
  const trash = join(home, TRASH)
  await mkdir(trash, { recursive: true, mode: 0o700 })
  const gone = await locked(home, PATIENCE_MS, async () => {
    // Listed again: what was used while we measured is younger now.
    const chosen = choose(await listItems(home), bytes, await leased(home), budget, now)
    const moved: string[] = []
    for (const { path } of chosen) {
      const done = await rename(join(home, path), join(trash, randomUUID())).then(
        () => true,
        () => false,
      )
      if (done) moved.push(path)
    }
    return moved
  })
  for (const name of await readdir(trash)) await rm(join(trash, name), { recursive: true, force: true })
  return gone ?? []
}
