import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../../errors.ts'
import { isAlive, startedAt } from '../alive.ts'
import { isKey } from '../mounts.ts'
import { locked } from './lock.ts'

const FOLDER = 'cache/leases'
const NAME = /^(\d+)-(\d+)-\d+$/
const PATIENCE_MS = 10_000
let taken = 0

/**
 * Says that paths below the state folder are in use until the answer is called or this process ends, and that they were
 * used now. Taken before looking whether a path is there: what is leased and there stays there.
 */
export async function lease(home: string, paths: string[]): Promise<() => Promise<void>> {
  // Numbered before anything is waited for: two at once would share a name, and the first to end would free both.
  const number = ++taken
  const file = join(home, FOLDER, `${process.pid}-${await startedAt(process.pid)}-${number}`)
  const done = await locked(home, PATIENCE_MS, async () => {
    await mkdir(join(home, FOLDER), { recursive: true })
    await writeFile(file, JSON.stringify(paths))
    const now = new Date()
    for (const path of paths) await utimes(join(home, path), now, now).catch(() => undefined)
    return true
  })
  if (!done) throw new Fault('SANDBOX_UNAVAILABLE', 'The caches are locked by another process.')
  return () => rm(file, { force: true })
}

/** Holds a dependency set while `use` runs; without a key there is nothing to hold. Keys are checked: they come from outside. */
export async function holding<T>(home: string, key: string | null | undefined, use: () => Promise<T>): Promise<T> {
  if (!key || !isKey(key)) return use()
  const free = await lease(home, [`cache/deps/${key}`])
  return use().finally(free)
}

/** Every path in use; leases of processes that are gone are removed. To be asked under the lock. */
export async function leased(home: string): Promise<Set<string>> {
  const paths = new Set<string>()
  for (const name of await readdir(join(home, FOLDER)).catch(() => [])) {
    const [, pid, started] = NAME.exec(name) ?? []
    const file = join(home, FOLDER, name)
    if (!pid || !(await isAlive(Number(pid), started))) {
      await rm(file, { force: true })
      continue
    }
    const text = await readFile(file, 'utf8').catch(() => '[]')
    for (const path of JSON.parse(text) as string[]) paths.add(path)
  }
  return paths
}
