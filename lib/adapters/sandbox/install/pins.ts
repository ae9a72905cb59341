import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SandboxFile } from '../../../domain/sandbox.ts'
import { leftFile } from '../seal.ts'
import type { Plan } from './plan.ts'

/** Where what an install without a lockfile resolved is kept, so that the next one gets the same. */
const fileOf = (cache: string, key: string) => join(dirname(cache), 'pins', key)
export const LARGEST_PIN = 32 * 1024 ** 2

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
  // The guest wrote it: it is never more than text for another install.
  const bytes = await leftFile(folder, path, LARGEST_PIN)
  if (bytes !== null) {
    const target = fileOf(cache, key)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    const draft = `${target}.${randomUUID()}`
    await writeFile(draft, bytes)
    await rename(draft, target)
  }
  return 'The repository does not fix its dependencies; the versions resolved at the first install are used from now on.'
}
