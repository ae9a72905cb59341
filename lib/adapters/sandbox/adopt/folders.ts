import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Folders that tools write to below node_modules: each run has an empty one of its own over it. */
export const CACHES = ['.cache', '.vite', '.vite-temp']

/** How deep below the root a folder of dependencies is looked for: `apps/web/client/node_modules` is the deepest. */
const DEPTH = 4
/** A repository with more is not one of packages; each becomes a mount. */
const MOST = 200

/** Names of installed folders, and what has to stand beside one for it to be taken for one. */
const BESIDE: Record<string, string[]> = {
  node_modules: [],
  '.venv': [],
  venv: ['requirements.txt', 'pyproject.toml', 'setup.py'],
  // Elsewhere `vendor` is source code.
  vendor: ['composer.json', 'Gemfile'],
}

/**
 * Dependency folders of a checkout as paths relative to it, sorted. A link to one is not one, and none is looked for
 * inside another or in hidden folders.
 */
export async function dependencyFolders(root: string): Promise<string[]> {
  const found: string[] = []
  const look = async (relative: string, depth: number): Promise<void> => {
    const entries = await readdir(join(root, relative), { withFileTypes: true })
    const here = new Set(entries.map(({ name }) => name))
    for (const entry of entries) {
      if (!entry.isDirectory()) continue
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`
      const beside = BESIDE[entry.name]
      if (beside && (beside.length === 0 || beside.some((name) => here.has(name)))) found.push(path)
      // What cannot be listed holds nothing that a run could be shown.
      else if (depth < DEPTH && !entry.name.startsWith('.')) await look(path, depth + 1).catch(() => undefined)
    }
  }
  await look('', 1)
  return found.sort().slice(0, MOST)
}

export async function isCheckout(root: string): Promise<boolean> {
  return (await stat(root).catch(() => null))?.isDirectory() ?? false
}
