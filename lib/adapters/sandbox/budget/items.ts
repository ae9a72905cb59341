import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Something on disk that can be made again. */
export interface Item {
  /** Below the state folder. */
  path: string
  /** When it was last used, ms. */
  usedAt: number
  /** It stays at least this long after it was used, ms. */
  keepMs: number
}

const HOUR = 3_600_000
const KINDS = [
  // Whoever installed a set holds its key for a while before the first run.
  { folder: 'cache/deps', name: /^[0-9a-f]{64}$/, keepMs: HOUR },
  // Our copies of programs; `toolchain/node` itself is no copy.
  { folder: 'toolchain', name: /^[a-z]+-[0-9a-f]{16}$/, keepMs: HOUR },
  // A mirror also holds commits that wait for a person's approval and are nowhere else yet.
  { folder: 'mirrors', name: /\.git$/, keepMs: 30 * 24 * HOUR },
]

async function usedAt(path: string): Promise<number> {
  const times = await Promise.all(
    ['', 'FETCH_HEAD', 'objects', 'refs/heads'].map(
      async (name) => (await stat(join(path, name)).catch(() => null))?.mtimeMs,
    ),
  )
  return Math.max(0, ...times.filter((time) => time !== undefined))
}

export async function listItems(home: string): Promise<Item[]> {
  const items: Item[] = []
  for (const { folder, name, keepMs } of KINDS) {
    for (const entry of await readdir(join(home, folder)).catch(() => [])) {
      const path = `${folder}/${entry}`
      if (name.test(entry)) items.push({ path, usedAt: await usedAt(join(home, path)), keepMs })
    }
  }
  return items
}
