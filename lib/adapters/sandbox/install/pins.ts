import { randomUUID } from 'node:crypto'
import { lstat, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SandboxFile } from '../../../domain/sandbox.ts'
import type { Plan } from './plan.ts'

/** Where what an install without a lockfile resolved is kept, so that the next one gets the same. */
const fileOf = (cache: string, key: string) => join(dirname(cache), 'pins', key)
const LARGEST = 32 * 1024 ** 2

/** Path of the lockfile an open install leaves; null where the versions are given. */
const PINS = { npm: 'package-lock.json', pip: '.pins.txt' } as const
export function pinPath({ manager, open, folder }: Plan): string | null {
  if (!open || (manager !== 'npm' && manager !== 'pip')) return null
  return folder === '' ? PINS[manager] : `${folder}/${PINS[manager]}`
}

/** The command and its files, with the versions of last time where there are any. Our program for Python looks for its own. */
export async function withPins(cache: string, key: string, plan: Plan, files: SandboxFile[]) {
  const path = pinPath(plan)
  const bytes = path === null ? null : await readFile(fileOf(cache, key)).catch(() => null)
  if (path === null || bytes === null) return { command: plan.command, files }
  const all = [...files, { path, bytes }]
  return { command: plan.manager === 'npm' ? plan.command.replace(/npm install$/, 'npm ci') : plan.command, files: all }
}

/** Keeps what was resolved; answers a sentence for a person, or null where nothing was open. */
export async function keepPins(cache: string, key: string, plan: Plan, folder: string): Promise<string | null> {
  const path = pinPath(plan)
  if (path === null) return null
  const made = await lstat(join(folder, path)).catch(() => null)
  // The guest wrote it: a link is not followed, and it is never more than text for another install.
  if (made?.isFile() && made.size <= LARGEST) {
    const target = fileOf(cache, key)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    const draft = `${target}.${randomUUID()}`
    await writeFile(draft, await readFile(join(folder, path)))
    await rename(draft, target)
  }
  return 'The repository does not fix its dependencies; the versions resolved at the first install are used from now on.'
}
