import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, realpath, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Sandbox } from '../../world.ts'
import { fingerprint } from './adopt/fingerprint.ts'
import { CACHES, dependencyFolders, isCheckout } from './adopt/folders.ts'
import { settleLinks } from './adopt/links.ts'
import { exactly } from './environment.ts'
import { findSet, writeManifest } from './mounts.ts'
import { ensureFolder, publish, seal } from './seal.ts'

const execute = promisify(execFile)

type Adopted = Awaited<ReturnType<Sandbox['adopt']>>

const cachesOf = (at: string) => (basename(at) === 'node_modules' ? CACHES : [])

/**
 * Copies one folder without what tools keep in it for themselves. Copies, never hard links: sealing changes owner and
 * mode, which a linked original would share. `cp` follows no link below what it is given.
 */
async function copyFolder(from: string, to: string, caches: string[]): Promise<void> {
  await mkdir(to, { recursive: true })
  const names = (await readdir(from)).filter((name) => !caches.includes(name))
  const flags = ['-dR', '--preserve=mode,timestamps', '--reflink=auto', '-t', to, '--']
  if (names.length > 0) {
    // Relative names, so that a large folder fits into one command line.
    const argv = [...flags, ...names.map((name) => `./${name}`)]
    await execute('/bin/cp', argv, { cwd: from, env: exactly({}), maxBuffer: 1024 ** 2 })
  }
  for (const name of caches) await ensureFolder(join(to, name))
}

interface Adopting {
  /** True as root, where the copy is to be root's. */
  ours: boolean
  /** Folders that runs see at the same path as the host: links into them stay. */
  atHome: string[]
}

async function make(root: string, folders: string[], draft: string, { ours, atHome }: Adopting): Promise<string[]> {
  const notes: string[] = []
  for (const at of folders) {
    const copy = join(draft, at)
    await copyFolder(join(root, at), copy, cachesOf(at))
    const dropped = await settleLinks(root, copy, at, atHome)
    notes.push(...dropped.map((place) => `${place} leads out of the repository and is not shown to runs.`))
  }
  await seal(draft, ours)
  await writeManifest(draft, { mounts: folders.map((at) => ({ at, caches: cachesOf(at) })), notes })
  return notes
}

const said = (error: unknown) => (error instanceof Error ? error.message.slice(0, 300) : String(error))

/**
 * `adopt` of the port. `cache` holds the finished sets; `used` keeps a set from being evicted for want of use. The original
 * is only read, and runs as the account we have: it may lie where a run's own uid cannot go.
 */
export function adopter(cache: string, adopting: Adopting, used: (key: string) => Promise<void>): Sandbox['adopt'] {
  const { atHome } = adopting
  const once = async (root: string, patience: number): Promise<Adopted> => {
    const folders = await dependencyFolders(root)
    if (folders.length === 0) return { ok: false, why: 'There is no installed dependency folder in it.' }
    const key = await fingerprint(root, folders, CACHES, atHome)
    await used(key)
    const before = await findSet(cache, key)
    if (before) return { ok: true, key, cached: true, notes: before.notes }
    const draft = join(dirname(cache), `adopt-${process.pid}-${randomUUID()}`)
    try {
      await mkdir(draft)
      const notes = await make(root, folders, draft, adopting)
      if ((await fingerprint(root, folders, CACHES, atHome)) === key) {
        await publish(draft, join(cache, key))
        return { ok: true, key, cached: false, notes }
      }
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
    return patience > 0 ? once(root, patience - 1) : { ok: false, why: 'It changed while it was being copied.' }
  }
  const going = new Map<string, Promise<Adopted>>()
  return async (folder) => {
    if (!(await isCheckout(folder))) return { ok: false, why: 'There is no such folder.' }
    const root = await realpath(folder)
    const mine =
      going.get(root) ??
      once(root, 1)
        .catch((error: unknown): Adopted => ({ ok: false, why: `It could not be copied: ${said(error)}` }))
        .finally(() => going.delete(root))
    going.set(root, mine)
    return mine
  }
}
