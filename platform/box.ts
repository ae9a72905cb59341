import type { Runtime } from './runtime.ts'

/** One command in a box of its own. */
export interface Box {
  /** Folder that is `/app` inside, the only one that can be written. */
  folder: string
  /** Folder shown read-only as `/app/node_modules`; null when the app has none or installs it now. */
  dependencies: string | null
  env: Record<string, string>
  /** A shell command line from the commit's manifest, run in `/app`. */
  command: string
}

export interface Mount {
  source: string
  target: string
  write: boolean
}

/** Host files and folders a box shows, in the order they are laid over each other. */
export function mountsOf(runtime: Runtime, box: Box): Mount[] {
  const mounts = runtime.mounts.map((mount) => ({ ...mount, write: false }))
  mounts.push({ source: box.folder, target: '/app', write: true })
  if (box.dependencies !== null) {
    mounts.push({ source: box.dependencies, target: '/app/node_modules', write: false })
  }
  return mounts
}

/** Scratch space, bytes; a runaway app fills this and not the machine. */
const SCRATCH = String(512 * 1024 ** 2)

/**
 * Arguments for bubblewrap, to be handed over by `--args` so that neither `ps` nor `/proc` shows a value.
 * Everything but the network is the box's own; `/proc/sys` is bound again because bubblewrap leaves it writable for root.
 */
export function boxArgs(mounts: Mount[], env: Record<string, string>): string[] {
  const args = ['--unshare-user', '--unshare-ipc', '--unshare-pid', '--unshare-uts', '--unshare-cgroup-try']
  args.push('--uid', '1000', '--gid', '1000', '--hostname', 'app', '--die-with-parent', '--new-session')
  args.push('--cap-drop', 'ALL', '--disable-userns', '--clearenv')
  for (const [name, value] of Object.entries(env)) args.push('--setenv', name, value)
  args.push('--ro-bind', '/usr', '/usr')
  for (const [target, link] of [
    ['usr/bin', '/bin'],
    ['usr/sbin', '/sbin'],
    ['usr/lib', '/lib'],
    ['usr/lib64', '/lib64'],
  ] as const) {
    args.push('--symlink', target, link)
  }
  args.push('--proc', '/proc', '--ro-bind', '/proc/sys', '/proc/sys', '--dev', '/dev')
  args.push('--size', SCRATCH, '--tmpfs', '/tmp', '--size', SCRATCH, '--tmpfs', '/home/app')
  args.push('--dir', '/run', '--dir', '/var/tmp')
  for (const mount of mounts) args.push(mount.write ? '--bind' : '--ro-bind', mount.source, mount.target)
  args.push('--chdir', '/app', '--remount-ro', '/')
  return args
}
