import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const HOUR = 3_600_000
export const key = (letter: string) => letter.repeat(64)

/** A state folder with caches in it. */
export async function openState() {
  const home = await mkdtemp(join(tmpdir(), 'ns-budget-'))
  await mkdir(join(home, 'cache/deps'), { recursive: true })
  /** `kib` on disk, last used `hours` ago. */
  const put = async (path: string, kib: number, hours: number) => {
    await mkdir(join(home, path), { recursive: true })
    await writeFile(join(home, path, 'content'), Buffer.alloc(kib * 1024, 1))
    const then = new Date(Date.now() - hours * HOUR)
    await utimes(join(home, path), then, then)
    return path
  }
  return {
    home,
    put,
    sets: async () => (await readdir(join(home, 'cache/deps'))).map((name) => name[0]).sort(),
    close: () => rm(home, { recursive: true, force: true }),
  }
}
