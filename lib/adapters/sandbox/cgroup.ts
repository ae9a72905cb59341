import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Limits } from '../../domain/sandbox.ts'
import { isAlive, killQuietly } from './alive.ts'

/** Where control groups may be made: one folder per hierarchy in version 1, a single one in version 2. */
export interface Place {
  version: 1 | 2
  memory: string
  pids: string
}

/** The group of one run. */
interface Cgroup {
  procs: string[]
  /** Processes the kernel killed for want of memory. */
  oomKills(): Promise<number>
  remove(): Promise<void>
}

const read = (path: string) => readFile(path, 'utf8').catch(() => '')

export const ownGroups = () => read('/proc/self/cgroup')

/** `/proc/self/cgroup` and a mount point in, candidates out, best first. */
export function candidates(self: string, root = '/sys/fs/cgroup'): Place[] {
  const paths = new Map<string, string>()
  for (const line of self.split('\n')) {
    const [, names, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
    if (names !== undefined && path !== undefined) for (const name of names.split(',')) paths.set(name, path)
  }
  const memory = paths.get('memory')
  const pids = paths.get('pids')
  if (memory !== undefined && pids !== undefined) {
    const at = (name: string, path: string) => join(root, name, path)
    return [
      { version: 1, memory: at('memory', memory), pids: at('pids', pids) },
      { version: 1, memory: at('memory', '/'), pids: at('pids', '/') },
    ]
  }
  const own = join(root, paths.get('') ?? '/').replace(/\/$/, '')
  // Version 2 lets a group hold processes or children with controllers, not both: our parent is the usual place.
  const folders = own === root ? [own] : [own, dirname(own)]
  return folders.map((folder) => ({ version: 2, memory: folder, pids: folder }))
}

async function usable(place: Place): Promise<boolean> {
  if (place.version === 1) return true
  const control = join(place.memory, 'cgroup.subtree_control')
  if (!/\bmemory\b/.test(await read(control))) await writeFile(control, '+memory +pids').catch(() => undefined)
  const on = await read(control)
  return /\bmemory\b/.test(on) && /\bpids\b/.test(on)
}

async function limit(place: Place, name: string, limits: Limits): Promise<string[]> {
  const memory = join(place.memory, name)
  const pids = join(place.pids, name)
  for (const folder of new Set([memory, pids])) await mkdir(folder)
  await writeFile(join(pids, 'pids.max'), String(limits.processes))
  if (place.version === 1) {
    await writeFile(join(memory, 'memory.limit_in_bytes'), String(limits.memoryBytes))
    // Absent where swap accounting is off.
    await writeFile(join(memory, 'memory.memsw.limit_in_bytes'), String(limits.memoryBytes)).catch(() => undefined)
  } else {
    await writeFile(join(memory, 'memory.max'), String(limits.memoryBytes))
    await writeFile(join(memory, 'memory.swap.max'), '0').catch(() => undefined)
    await writeFile(join(memory, 'memory.oom.group'), '1').catch(() => undefined)
  }
  return [...new Set([memory, pids])]
}

async function removeFolder(folder: string): Promise<void> {
  for (let round = 0; round < 40; round++) {
    const members = (await read(join(folder, 'cgroup.procs'))).split('\n').map(Number)
    // 0 stands for a process of another pid namespace, and would mean our own group to kill(2).
    for (const pid of members.filter((member) => member > 1)) killQuietly(pid)
    const gone = await rmdir(folder).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
    )
    if (gone) return
    await pause(25)
  }
}

/** Names carry the pid that made them, so that a later start knows what is left over. */
export const groupName = (slot: number) => `nightshift-${process.pid}-${slot}`

/** A group under the first place that takes one; null when none does. */
export async function openCgroup(places: Place[], name: string, limits: Limits): Promise<Cgroup | null> {
  for (const place of places) {
    if (!(await usable(place))) continue
    const folders = await limit(place, name, limits).catch(() => null)
    const both = [...new Set([join(place.memory, name), join(place.pids, name)])]
    if (folders === null) {
      for (const folder of both) await rmdir(folder).catch(() => undefined)
      continue
    }
    const events = join(place.memory, name, place.version === 1 ? 'memory.oom_control' : 'memory.events')
    return {
      procs: both.map((folder) => join(folder, 'cgroup.procs')),
      oomKills: async () => Number(/^oom_kill (\d+)$/m.exec(await read(events))?.[1] ?? 0),
      remove: async () => {
        for (const folder of both) await removeFolder(folder)
      },
    }
  }
  return null
}

/** Removes groups whose maker is no longer there. */
export async function sweepCgroups(places: Place[]): Promise<void> {
  for (const folder of new Set(places.flatMap((place) => [place.memory, place.pids]))) {
    for (const name of await readdir(folder).catch(() => [])) {
      const maker = /^nightshift-(\d+)-\d+$/.exec(name)?.[1]
      if (maker && !(await isAlive(Number(maker)))) await removeFolder(join(folder, name))
    }
  }
}
