import { readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { SandboxFile } from '../../domain/sandbox.ts'
import { Fault } from '../../errors.ts'
import { CACHES } from './adopt/folders.ts'
import { segments } from './files.ts'

/** One folder of a dependency set and its place below /workspace. */
export interface Mount {
  /** Relative to /workspace, such as `node_modules` or `packages/a/node_modules`. */
  at: string
  /** Host folder, shown read-only. */
  folder: string
  /** Folders in it that a run may write to: each run gets an empty one of its own. */
  caches: string[]
}

const KEY = /^[0-9a-f]{64}$/
export const isKey = (key: string): boolean => KEY.test(key)

const MANIFEST = 'mounts.json'
const Manifest = z.strictObject({
  mounts: z.array(z.strictObject({ at: z.string(), caches: z.array(z.string()) })),
  /** What is not as in the original, for a person. */
  notes: z.array(z.string()),
})
type Manifest = z.infer<typeof Manifest>

/** Says which folder of a set goes where. Written by the host, into a folder no guest has written to. */
export const writeManifest = (set: string, manifest: Manifest) =>
  writeFile(join(set, MANIFEST), JSON.stringify(Manifest.parse(manifest)))

async function manifest(set: string): Promise<Manifest | null> {
  const text = await readFile(join(set, MANIFEST), 'utf8').catch(() => null)
  if (text !== null) return Manifest.parse(JSON.parse(text))
  // A set without one is a single folder.
  const single = await stat(join(set, 'node_modules')).catch(() => null)
  return single && { mounts: [{ at: 'node_modules', caches: CACHES }], notes: [] }
}

/** The set of a key; null when it is not there. A key is a name in the cache, never a path. */
export async function findSet(cache: string, key: string): Promise<{ mounts: Mount[]; notes: string[] } | null> {
  const found = isKey(key) ? await manifest(join(cache, key)) : null
  if (!found) return null
  const mounts = found.mounts.map(({ at, caches }) => ({ at, folder: join(cache, key, ...segments(at)), caches }))
  return { mounts, notes: found.notes }
}

export async function setMounts(cache: string, key: string | null | undefined): Promise<Mount[]> {
  if (!key) return []
  const set = await findSet(cache, key)
  if (!set) throw new Fault('NOT_FOUND', 'No such dependency set.')
  return set.mounts
}

/** Mounts that have a place in these files: a nested folder belongs beside files, which another commit may not have. */
export function fitting(mounts: Mount[], files: Pick<SandboxFile, 'path'>[]): Mount[] {
  return mounts.filter(({ at }) => {
    const parent = dirname(at)
    return parent === '.' || files.some(({ path }) => path.startsWith(`${parent}/`))
  })
}

/** The files without those a mounted folder stands in for. */
export const besides = (files: SandboxFile[], mounts: Mount[]): SandboxFile[] =>
  files.filter(({ path }) => !mounts.some(({ at }) => path === at || path.startsWith(`${at}/`)))
