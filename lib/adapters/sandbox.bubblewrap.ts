import { execFile } from 'node:child_process'
import { chmod, mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
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
  /**
   * Folders of further toolchains (with `bin` in them), the first chosen before the others and before the system's. Shown
   * read-only, below /opt for the PATH and where they are: environments, and programs with libraries of their own, know them
   * by that. Any uid must be able to read what is in them.
   */
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

/** Empty folders that a toolchain is mounted on, in each run for itself: its own may lie where a run's uid cannot go. */
async function doorsTo(home: string, toolchains: string[]): Promise<House['doors']> {
  const place = join(home, 'toolchain/doors')
  const doors = toolchains.map((folder, at) => ({ folder, at: join(place, String(at)) }))
  for (const { at } of doors) await mkdir(at, { recursive: true })
  if (doors.length > 0) await chmod(place, 0o711)
  return doors
}

/**
 * The sandbox port on Linux namespaces. Works as root (a uid and a control group per run) and as an ordinary user (limits
 * per process), and says which.
 */
export function bubblewrap(options: BubblewrapOptions): Sandbox {
  const root = process.getuid?.() === 0
  const toolchains = options.toolchains ?? []
  return desk<House>(
    { ...options, atHome: toolchains },
    {
      prepare: async (stage) => {
        const places = root ? candidates(await ownGroups()) : []
        await sweepCgroups(places)
        const doors = root ? await doorsTo(options.home, toolchains) : []
        const shown = toolchains.flatMap((path, at) => {
          const folder = doors[at]?.at ?? path
          const name = `${String(at).padStart(2, '0')}-${basename(path)}`
          return [path, `/opt/${name}`].map((inside) => ({ folder, at: inside }))
        })
        return { bwrap: options.bwrap ?? 'bwrap', root, stage, system: await systemPaths(), shown, doors, places }
      },
      enter,
      describe: async (house) => ({ boundary: await describe(house), filtered: house.stage.seccomp !== null }),
      explain,
    },
  )
}
