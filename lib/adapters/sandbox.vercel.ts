import { join } from 'node:path'
import type { SandboxRun, SelfTest } from '../domain/sandbox.ts'
import { Fault } from '../errors.ts'
import type { Detached, Sandbox } from '../world.ts'
import { type Choice, resolveUrl } from './sandbox/registry/choice.ts'
import { selfTest } from './sandbox/selfTest.ts'
import { machines } from './sandbox/vercel/base.ts'
import { detachedRuns } from './sandbox/vercel/detached.ts'
import { machineInstaller } from './sandbox/vercel/install.ts'
import type { Account } from './sandbox/vercel/machine.ts'
import { probeNetwork } from './sandbox/vercel/probe.ts'
import { runInMachine } from './sandbox/vercel/run.ts'
import { shelf } from './sandbox/vercel/snapshots.ts'
import { explainTrouble } from './sandbox/vercel/trouble.ts'

export interface VercelOptions extends Account {
  /** State folder: which snapshot holds what is remembered in `cache/vercel`, resolved versions in `cache/pins`. */
  home: string
  /** Root of our own project: its `lib` and `node_modules/typescript` are uploaded once. */
  programs: string
  /** Image machines are made of; its root has to be able to make namespaces. */
  image?: string
  /** Where packages come from; the public registry when absent, since this server's own settings do not apply there. */
  registry?: Choice
  /** The same for Python: a PEP 503 index. */
  pythonIndex?: Choice
}

const IMAGE = 'vercel/sandbox/universal:latest'
const BOUNDARY = [
  'Vercel Sandbox (a virtual machine for every run)',
  'its network denied by the service and by namespaces of its own',
  'memory limited per process and by the machine',
  'system calls not filtered',
  'whoever took over the kernel of its virtual machine would still be in it, and could lie about the run',
].join('; ')

/**
 * The sandbox port on Vercel's virtual machines: one for each run, made from a snapshot and stopped after it. Inside, the
 * program runs as an ordinary account in namespaces without a network, where the kernel counts what it tries to reach.
 * Nothing runs before a self-test passed in this process.
 */
export function vercel(options: VercelOptions): Sandbox & { detached: Detached } {
  const cache = join(options.home, 'cache/vercel')
  const sets = shelf(options, cache)
  const shop = { account: options, shelf: sets, programs: options.programs, image: options.image ?? IMAGE }
  const made = machines(shop)
  const run = (wanted: SandboxRun) => runInMachine(made, wanted)
  const upstreams = async (manager: string) => ({
    npm: await resolveUrl(options.registry, 'https://registry.npmjs.org/'),
    python: manager === 'pip' ? await resolveUrl(options.pythonIndex, 'https://pypi.org/simple/') : null,
  })
  const install = machineInstaller({ account: options, shelf: sets, machines: made, cache, upstreams })

  let last: Promise<SelfTest> | null = null
  const gate = async () => {
    const answer = await last
    if (!answer?.ok)
      throw new Fault('SANDBOX_UNAVAILABLE', answer ? `${answer.why} ${answer.remedy}` : 'It has not been tested yet.')
  }
  const describe = async () => {
    await made.ready()
    return { boundary: BOUNDARY, filtered: false }
  }
  const detached = detachedRuns(options, made)
  return {
    run: async (wanted) => {
      await gate()
      return run(wanted)
    },
    detached: {
      ...detached,
      start: async (id, wanted) => {
        await gate()
        return detached.start(id, wanted)
      },
    },
    install: async (files, command, how) => {
      await gate()
      return install(files, command, how)
    },
    adopt: async () => ({
      ok: false,
      why: 'With SANDBOX=vercel runs are on machines of Vercel, which see no folder of this one. Dependencies are installed there instead.',
    }),
    selfTest: async (wanted) => {
      const before = wanted?.full ? null : await last
      if (before?.ok) return before
      const more = () => probeNetwork(made)
      last = selfTest({ ...options, describe, explain: explainTrouble, full: wanted?.full ?? false, run, more })
      return last
    },
  }
}
