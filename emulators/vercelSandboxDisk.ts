import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CWD } from './vercelSandboxBodies.ts'

/** The machine's ordinary user. Another uid than anything else uses here. */
export const USER = 61_980
export const RUNTIME = '/vercel/runtimes/node24'
export const SYSTEM = ['bin', 'sbin', 'lib', 'lib32', 'lib64']

/** Mounts $1 over itself in namespaces of its own, where the mount ends with whoever it is for, and becomes the rest. */
const MOUNT =
  'mount -t overlay -o "lowerdir=$2,upperdir=$1/own,workdir=$1/work" overlay "$1/all" && shift 2 && exec "$@"'

/** A machine's disk: what it wrote, over the layers it was made from. No copy is made of those, and nothing writes to them. */
export class EmulatedDisk {
  /** Where its parts lie. */
  readonly folder: string
  /** Topmost first; none where it was made of an image. */
  readonly layers: readonly string[]

  private constructor(folder: string, layers: readonly string[]) {
    this.folder = folder
    this.layers = layers
  }

  /** As an image has it, or as it was when a snapshot with these layers was taken. */
  static async make(folder: string, layers: readonly string[]): Promise<EmulatedDisk> {
    for (const part of ['own', 'work', 'all']) await mkdir(join(folder, part), { recursive: true })
    if (layers.length === 0) await imageAt(join(folder, 'own'))
    return new EmulatedDisk(folder, layers)
  }

  /** The command that runs `argv` where the disk is to be found at `path`. */
  mounted(argv: (path: string) => string[]): string[] {
    if (this.layers.length === 0) return argv(join(this.folder, 'own'))
    const shown = argv(join(this.folder, 'all'))
    return ['unshare', '-m', '/bin/sh', '-c', MOUNT, 'sh', this.folder, this.layers.join(':'), ...shown]
  }

  /** What it wrote becomes a layer at `folder`; the layers of a machine that is made of it. The disk itself is gone. */
  async keepAt(folder: string): Promise<string[]> {
    await rename(join(this.folder, 'own'), folder)
    await this.remove()
    return [folder, ...this.layers]
  }

  remove = () => rm(this.folder, { recursive: true, force: true })
}

async function imageAt(folder: string): Promise<void> {
  for (const place of ['etc', 'dev', 'proc', 'sys', 'usr', 'root', 'run', 'var/tmp', 'home', ...SYSTEM])
    await mkdir(join(folder, place), { recursive: true })
  await mkdir(join(folder, 'tmp'), { mode: 0o1777 })
  await mkdir(join(folder, RUNTIME), { recursive: true })
  await writeFile(
    join(folder, 'etc/passwd'),
    `root:x:0:0::/root:/bin/sh\nvercel-sandbox:x:${USER}:${USER}::/home:/bin/sh\n`,
  )
  // A secret of the machine's, that no guest may read.
  await writeFile(join(folder, 'etc/shadow'), 'root:!::::::\n', { mode: 0o600 })
  await mkdir(join(folder, CWD), { recursive: true })
  await chown(join(folder, CWD), USER, USER)
}
