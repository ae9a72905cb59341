import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emulateSandboxes } from '../../../emulators/vercelSandbox.ts'
import { shelf } from '../../../lib/adapters/sandbox/vercel/snapshots.ts'
import { type VercelOptions, vercel } from '../../../lib/adapters/sandbox.vercel.ts'
import { isRoot, project } from '../lab.ts'

const NPM = ['/usr/lib/node_modules/npm', '/usr/local/lib/node_modules/npm']

async function findNpm(): Promise<string | null> {
  for (const folder of NPM)
    if (
      await access(join(folder, 'bin/npm-cli.js')).then(
        () => true,
        () => false,
      )
    )
      return folder
  return null
}

/** Why no machines can be emulated here; null where they can. */
export async function whyNoMachines(): Promise<string | null> {
  if (!isRoot) return 'emulated machines take root'
  return (await findNpm()) ? null : 'npm is not installed'
}

/** An emulated service and a state folder of ours. */
export async function openHouse(more: Partial<VercelOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'ns-vercel-'))
  const host = await emulateSandboxes({
    ...{ folder: join(folder, 'disks'), node: process.execPath, npm: (await findNpm()) ?? '' },
  })
  const { token, teamId, projectId } = host
  const options: VercelOptions = {
    ...{ home: join(folder, 'home'), programs: project, token, teamId, projectId, url: host.url, ...more },
  }
  return {
    host,
    options,
    home: options.home,
    /** What the adapter makes machines with. */
    shop: () => ({
      account: options,
      shelf: shelf(options, join(options.home, 'cache/vercel')),
      programs: project,
      image: 'any',
    }),
    start: (other: Partial<VercelOptions> = {}) => vercel({ ...options, ...other }),
    close: async () => {
      await host.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
