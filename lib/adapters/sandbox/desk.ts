import { chmod, mkdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import {
  DEFAULT_LIMITS,
  type Limits,
  type SandboxResult,
  type SandboxRun,
  type SelfTest,
} from '../../domain/sandbox.ts'
import { Fault } from '../../errors.ts'
import type { Sandbox } from '../../world.ts'
import { adopter } from './adopt.ts'
import { evict } from './budget/evict.ts'
import { holding, lease } from './budget/leases.ts'
import type { Part } from './enter.ts'
import { writeTree } from './files.ts'
import { installer } from './install.ts'
import { besides, fitting, setMounts } from './mounts.ts'
import { postgresStage } from './postgres.ts'
import { type Choice, resolveIndex, resolveRegistry } from './registry/choice.ts'
import { type Boundary, selfTest } from './selfTest.ts'
import { claimSlot, freeSlot, type Slot, sweepSlots } from './slot.ts'
import { type Stage, stageAll } from './stage.ts'

export interface DeskOptions {
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
  /** Folders of the host that runs see at the same path, besides the system's. */
  atHome?: string[]
  /** Bytes that dependency sets, mirrors and our own copies may take together; 5 GiB when absent. */
  budget?: number
}

/** What holds a run on this machine. Everything else is the same whichever it is. */
interface Engine<House> extends Pick<Boundary, 'explain'> {
  /** Once a process, before anything else: tidies up after processes that are gone. */
  prepare(stage: Stage): Promise<House>
  enter(house: House, slot: Slot, part: Part, limits: Limits): Promise<SandboxResult>
  /** Which boundary is in force, said plainly, and whether system calls are filtered. */
  describe(house: House): Promise<{ boundary: string; filtered: boolean }>
}

/** Our copies, in use as long as this process lives. One may have been evicted between its making and the lease. */
async function stageLeased(options: DeskOptions): Promise<Stage> {
  const stage = await stageAll(options, process.arch)
  const paths = [stage.node, stage.programs, stage.typescript, stage.etc]
  await lease(
    options.home,
    paths.map((path) => relative(options.home, path)),
  )
  return stageAll(options, process.arch)
}

/** Folders others may enter but not list: a run's own uid has to reach its place in them. */
async function prepareHome(home: string): Promise<void> {
  for (const folder of ['', 'work', 'cache', 'cache/deps', 'toolchain']) {
    const path = join(home, folder)
    await mkdir(path, { recursive: true })
    await chmod(path, ((await stat(path)).mode & 0o777) | 0o711)
  }
  await sweepSlots(join(home, 'work'))
}

/**
 * The sandbox port around an engine: slots, dependency sets, and the gate. Nothing runs before a self-test passed in this
 * process: `run` and `install` then throw `SANDBOX_UNAVAILABLE`.
 */
export function desk<House>(options: DeskOptions, engine: Engine<House>): Sandbox {
  const work = join(options.home, 'work')
  const cache = join(options.home, 'cache/deps')
  const root = process.getuid?.() === 0
  let opened: Promise<{ stage: Stage; house: House }> | null = null
  let last: Promise<SelfTest> | null = null

  const prepare = async () => {
    await prepareHome(options.home)
    const stage = await stageLeased(options)
    await evict(options.home, options.budget)
    return { stage, house: await engine.prepare(stage) }
  }
  const open = () => {
    opened ??= prepare().catch((error: unknown) => {
      opened = null
      throw error
    })
    return opened
  }
  const withSlot = async <T>(use: (slot: Slot) => Promise<T>): Promise<T> => {
    await open()
    const slot = await claimSlot(work, root)
    return use(slot).finally(() => freeSlot(slot))
  }
  const enter = (slot: Slot, part: Part, limits: SandboxRun['limits']) =>
    open().then(({ house }) => engine.enter(house, slot, part, { ...DEFAULT_LIMITS, ...limits }))

  const postgres = postgresStage({ ...options, root, withSlot, enter })
  const runHeld = (run: SandboxRun) =>
    withSlot(async (slot) => {
      const mounts = fitting(await setMounts(cache, run.dependencies), run.files)
      await writeTree(slot.files, besides(run.files, mounts))
      const bytes = { ...DEFAULT_LIMITS, ...run.limits }.fileBytes
      const part: Part = {
        workspace: { source: slot.files, bytes },
        shown: run.services?.includes('postgres') ? await postgres() : [],
        ...{ dependencies: mounts, registry: null, env: run.env ?? {}, argv: run.argv, stdin: run.stdin ?? null },
      }
      return enter(slot, part, run.limits)
    })
  const runUngated = (run: SandboxRun) => holding(options.home, run.dependencies, () => runHeld(run))

  const boundary = { ...engine, describe: async () => engine.describe((await open()).house) }
  const gate = async () => {
    const answer = await last
    if (!answer?.ok)
      throw new Fault('SANDBOX_UNAVAILABLE', answer ? `${answer.why} ${answer.remedy}` : 'It has not been tested yet.')
  }
  const hold = <T>(key: string, use: () => Promise<T>) => holding(options.home, key, use)
  const install = installer({
    ...{ cache, root, withSlot, enter, holding: hold },
    upstreams: async (manager) => ({
      npm: await resolveRegistry(options.registry, (await open()).stage.node),
      python: manager === 'pip' ? await resolveIndex(options.pythonIndex) : null,
    }),
  })
  const adopt = adopter(cache, { ours: root, atHome: options.atHome ?? [] }, (key) => hold(key, async () => undefined))
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
      const full = wanted?.full ?? false
      last = selfTest({ ...options, ...boundary, full, run: runUngated, folders: { withSlot, enter } })
      return last
    },
  }
}
