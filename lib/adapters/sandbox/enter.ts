import { readdir, readFile, stat } from 'node:fs/promises'
import type { Limits, SandboxResult } from '../../domain/sandbox.ts'
import { Fault } from '../../errors.ts'
import { type Box, bwrapArgv, type Launcher, launcherArgv, resolveProgram, type SystemPath } from './argv.ts'
import { groupName, openCgroup, type Place } from './cgroup.ts'
import { classify } from './outcome.ts'
import { launch } from './run.ts'
import type { Slot } from './slot.ts'
import type { Stage } from './stage.ts'

/** What is the same for every run of this process. */
export interface House {
  bwrap: string
  root: boolean
  stage: Stage
  system: SystemPath[]
  /** Toolchains of the operator's, and the doors to them. */
  shown: Box['shown']
  doors: Launcher['doors']
  /** Empty where control groups cannot be used. */
  places: Place[]
}

/** What differs from run to run. */
export type Part = Pick<Box, 'workspace' | 'registry' | 'env' | 'argv'> &
  Partial<Pick<Box, 'dependencies' | 'manager' | 'shown'>> & { stdin?: string | null }

/** Threads of our own account, which RLIMIT_NPROC counts as well when a run has no uid of its own. */
async function ownThreads(uid: number): Promise<number> {
  let threads = 0
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || (await stat(`/proc/${name}`).catch(() => null))?.uid !== uid) continue
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '')
    threads += Number(/^Threads:\s+(\d+)$/m.exec(status)?.[1] ?? 0)
  }
  return threads
}

/** One run in one slot, without asking whether the self-test passed: that is for the callers. */
export async function enter(house: House, slot: Slot, part: Part, limits: Limits): Promise<SandboxResult> {
  const argv = resolveProgram(part.argv)
  if (argv === null) {
    throw new Fault('HARNESS_FAILED', `${JSON.stringify(part.argv[0] ?? '')} is neither node, npm, sh nor a full path.`)
  }
  const { stage, system } = house
  const box = bwrapArgv({
    ...{ system, etc: stage.etc, node: stage.node, programs: stage.programs, typescript: stage.typescript },
    ...{ seccomp: stage.seccomp !== null, dependencies: [], manager: null, tmpBytes: limits.fileBytes },
    ...{ ...part, argv, shown: [...house.shown, ...(part.shown ?? [])] },
  })
  const group = house.root ? await openCgroup(house.places, groupName(slot.uid), limits) : null
  try {
    const launcher = launcherArgv({
      bwrap: house.bwrap,
      uid: house.root ? slot.uid : null,
      cgroups: group?.procs ?? [],
      doors: house.doors,
      limits,
      threads: house.root ? 0 : await ownThreads(process.getuid?.() ?? 0),
    })
    const ended = await launch({
      argv: [...launcher, ...box],
      stdin: part.stdin ?? null,
      wallMs: limits.wallMs,
      outputBytes: limits.outputBytes,
      seccomp: stage.seccomp,
    })
    const oomKills = (await group?.oomKills()) ?? 0
    const broken = ended.killed === 'uncounted' || (ended.status === null && ended.killed === null && oomKills === 0)
    // Never got as far as the guest: this is ours to repair, not the guest's failure.
    if (broken && (!ended.started || /^bwrap: /m.test(ended.stderr.text))) {
      throw new Fault('SANDBOX_UNAVAILABLE', ended.stderr.text.trim().slice(0, 300) || 'The launcher did not start.')
    }
    const { stdout, stderr, egress, ms } = ended
    return {
      ...classify({ status: ended.status, killed: ended.killed, oomKills, stderr: stderr.text }),
      ...{ stdout: stdout.text, stderr: stderr.text, truncated: stdout.truncated || stderr.truncated, egress },
      ms: Math.round(ms),
    }
  } finally {
    await group?.remove()
  }
}
