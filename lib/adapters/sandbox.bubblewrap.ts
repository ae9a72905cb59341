import { chmod, mkdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { DEFAULT_LIMITS, type SandboxRun, type SelfTest } from '../domain/sandbox.ts'
import { Fault } from '../errors.ts'
import type { Sandbox } from '../world.ts'
import { adopter } from './sandbox/adopt.ts'
import { evict } from './sandbox/budget/evict.ts'
import { holding, lease } from './sandbox/budget/leases.ts'
import { candidates, ownGroups, sweepCgroups } from './sandbox/cgroup.ts'
import { enter, type House, type Part } from './sandbox/enter.ts'
import { writeTree } from './sandbox/files.ts'
import { installer } from './sandbox/install.ts'
import { besides, fitting, setMounts } from './sandbox/mounts.ts'
import { type Choice, resolveIndex, resolveRegistry } from './sandbox/registry/choice.ts'
import { selfTest } from './sandbox/selfTest.ts'
import { claimSlot, freeSlot, type Slot, sweepSlots } from './sandbox/slot.ts'
import { stageAll, systemPaths } from './sandbox/stage.ts'

export interface BubblewrapOptions {
  /** State folder; runs live in `work`, dependency sets in `cache/deps`, our copies in `toolchain`. */
  home: string
  /** Folder that holds `bin/node` (Node 24). */
  toolchain: string
  /** npm's own folder; looked for in the toolchain and in the system's usual places when absent. */
  npm?: string
  /** Root of our own project: `lib` and `node_modules/typescript` are shown inside as /nightshift. */
  programs: string
  /** Where packages come from; what npm itself would use here when absent. */
  registry?: Choice
  /** The same for Python: a PEP 503 index. */
  pythonIndex?: Choice
  /** Bytes that dependency sets, mirrors and our own copies may take together; 5 GiB when absent. */
  budget?: number
  bwrap?: string
}

/** Our copies, in use as long as this process lives. One may have been evicted between its making and the lease. */
async function stageLeased(options: BubblewrapOptions): Promise<House['stage']> {
  const stage = await stageAll(options, process.arch)
  await lease(
    options.home,
    [stage.node, stage.programs, stage.typescript, stage.etc].map((path) => relative(options.home, path)),
  )
  return stageAll(options, process.arch)
}

/** Folders others may enter but not list: a run's own uid has to reach its place in them. */
async function prepare(options: BubblewrapOptions, root: boolean): Promise<House> {
  const { home } = options
  for (const folder of ['', 'work', 'cache', 'cache/deps', 'toolchain']) {
    const path = join(home, folder)
    await mkdir(path, { recursive: true })
    await chmod(path, ((await stat(path)).mode & 0o777) | 0o711)
  }
  const places = root ? candidates(await ownGroups()) : []
  await sweepSlots(join(home, 'work'))
  await sweepCgroups(places)
  const stage = await stageLeased(options)
  await evict(home, options.budget)
  return { bwrap: options.bwrap ?? 'bwrap', root, stage, system: await systemPaths(), places }
}

/**
 * The sandbox port on Linux namespaces. Nothing runs before a self-test passed in this process: `run` and `install`
 * then throw `SANDBOX_UNAVAILABLE`. Works as root (a uid and a control group per run) and as an ordinary user
 * (limits per process), and says which.
 */
export function bubblewrap(options: BubblewrapOptions): Sandbox {
  const work = join(options.home, 'work')
  const cache = join(options.home, 'cache/deps')
  const root = process.getuid?.() === 0
  let house: Promise<House> | null = null
  let last: Promise<SelfTest> | null = null

  const open = () => {
    house ??= prepare(options, root).catch((error: unknown) => {
      house = null
      throw error
    })
    return house
  }
  const withSlot = async <T>(use: (slot: Slot) => Promise<T>): Promise<T> => {
    await open()
    const slot = await claimSlot(work, root)
    return use(slot).finally(() => freeSlot(slot))
  }
  const runHere = (slot: Slot, part: Part, limits: SandboxRun['limits']) =>
    open().then((opened) => enter(opened, slot, part, { ...DEFAULT_LIMITS, ...limits }))

  const runUngated = (run: SandboxRun) => holding(options.home, run.dependencies, () => runHeld(run))
  const runHeld = (run: SandboxRun) =>
    withSlot(async (slot) => {
      const mounts = fitting(await setMounts(cache, run.dependencies), run.files)
      await writeTree(slot.files, besides(run.files, mounts))
      const bytes = { ...DEFAULT_LIMITS, ...run.limits }.fileBytes
      const part: Part = {
        workspace: { source: slot.files, bytes },
        ...{ dependencies: mounts, registry: null, env: run.env ?? {}, argv: run.argv, stdin: run.stdin ?? null },
      }
      return runHere(slot, part, run.limits)
    })

  const test = (full: boolean) => selfTest({ ...options, full, open, run: runUngated, withSlot, enter: runHere })
  const gate = async () => {
    const answer = await last
    if (!answer?.ok)
      throw new Fault('SANDBOX_UNAVAILABLE', answer ? `${answer.why} ${answer.remedy}` : 'It has not been tested yet.')
  }
  /** Says that a key was asked for, before it is looked up. */
  const used = (key: string) => holding(options.home, key, async () => undefined)
  const install = installer({
    ...{ cache, root, withSlot, enter: runHere },
    holding: (key, use) => holding(options.home, key, use),
    upstreams: async (manager) => ({
      npm: await resolveRegistry(options.registry, (await open()).stage.node),
      python: manager === 'pip' ? await resolveIndex(options.pythonIndex) : null,
    }),
  })

  const adopt = adopter(cache, root, used)
  /** What was just made is young, so something else makes room for it. */
  const within = async <T extends { ok: boolean; cached?: boolean }>(made: Promise<T>): Promise<T> => {
    const answer = await made
    if (answer.ok && !answer.cached) await evict(options.home, options.budget)
    return answer
  }

  return {
    adopt: (folder) => open().then(() => within(adopt(folder))),
    run: async (run) => {
      await gate()
      return runUngated(run)
    },
    install: async (files, command, how) => {
      await gate()
      return within(install(files, command, how))
    },
    selfTest: async (wanted) => {
      const before = wanted?.full ? null : await last
      if (before?.ok) return before
      last = test(wanted?.full ?? false)
      return last
    },
  }
}
