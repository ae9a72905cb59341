import { execFile } from 'node:child_process'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { DEFAULT_LIMITS } from '../domain/sandbox.ts'
import type { Sandbox } from '../world.ts'
import { candidates, groupName, openCgroup, ownGroups, sweepCgroups } from './sandbox/cgroup.ts'
import { type DeskOptions, desk } from './sandbox/desk.ts'
import { enter, type House } from './sandbox/enter.ts'
import { exactly } from './sandbox/environment.ts'
import { systemPaths } from './sandbox/stage.ts'
import { explain } from './sandbox/unavailable.ts'

const execute = promisify(execFile)

export interface BubblewrapOptions extends DeskOptions {
  bwrap?: string
  /** Folders of further toolchains (with `bin` in them), shown read-only as /opt/<their name>; any uid must be able to read them. */
  toolchains?: string[]
}

/** Which boundary is in force, said plainly. */
async function describe(house: House): Promise<string> {
  const env = exactly({ PATH: '/usr/local/bin:/usr/bin:/bin' })
  const { stdout: version } = await execute(house.bwrap, ['--version'], { env })
  const group = house.root ? await openCgroup(house.places, groupName(0), DEFAULT_LIMITS) : null
  await group?.remove()
  return [
    `Linux namespaces (${version.trim()})`,
    house.root ? 'a uid for every run' : 'every run as our own user',
    group ? 'memory and processes limited per run' : 'memory limited per process only',
    house.stage.seccomp ? 'system calls filtered' : 'system calls not filtered',
    'not a virtual machine: a fault in the kernel would open it',
  ].join('; ')
}

/**
 * The sandbox port on Linux namespaces. Works as root (a uid and a control group per run) and as an ordinary user (limits
 * per process), and says which.
 */
export function bubblewrap(options: BubblewrapOptions): Sandbox {
  const root = process.getuid?.() === 0
  return desk<House>(options, {
    prepare: async (stage) => {
      const places = root ? candidates(await ownGroups()) : []
      await sweepCgroups(places)
      const shown = (options.toolchains ?? []).map((path) => ({ folder: path, at: `/opt/${basename(path)}` }))
      return { bwrap: options.bwrap ?? 'bwrap', root, stage, system: await systemPaths(), shown, places }
    },
    enter,
    describe: async (house) => ({ boundary: await describe(house), filtered: house.stage.seccomp !== null }),
    explain,
  })
}
