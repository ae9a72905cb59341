import type { Limits } from '../../domain/sandbox.ts'
import type { Mount } from './mounts.ts'

/** File descriptors of the launcher: what bwrap reports, what it waits for, and its filter. None reaches the guest. */
export const STATUS_FD = 3
export const BLOCK_FD = 4
export const SECCOMP_FD = 5

const MIB = 1024 ** 2
/** Address space V8 reserves for code at start, which counts as data (measured: Node 24 needs more than 512 MiB). */
const V8_RESERVE = 512 * MIB
const ETC = ['passwd', 'group', 'hosts', 'resolv.conf', 'nsswitch.conf']
const PROGRAMS: Record<string, string> = { node: '/opt/node/bin/node', npm: '/opt/node/bin/npm', sh: '/bin/sh' }
const STANDARD = { PATH: '/opt/node/bin:/usr/bin:/bin', HOME: '/home/agent', LANG: 'C.UTF-8', CI: '1', TMPDIR: '/tmp' }
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A top-level folder of the host's system: bound as it is, or the symlink it is on a merged-/usr system. */
export interface SystemPath {
  path: string
  link: string | null
}

/** Everything the inside consists of. Paths are the host's unless said otherwise. */
export interface Box {
  system: SystemPath[]
  etc: string
  node: string
  programs: string
  typescript: string
  /** `source` is copied into a size-limited tmpfs before the guest starts; `bind` is the host folder itself. */
  workspace: { source: string; bytes: number } | { bind: string }
  dependencies: Mount[]
  /** A unix socket shown at /run/registry.sock; null outside of installs. */
  registry: string | null
  /** Further folders shown read-only, by where they stand inside: toolchains, services. */
  shown: { folder: string; at: string }[]
  /** A folder of installed packages shown at /opt/manager; null where no package manager of its own is needed. */
  manager: string | null
  seccomp: boolean
  tmpBytes: number
  env: Record<string, string>
  /** In the guest's terms. */
  argv: string[]
}

/** Element 0 by its name or an absolute path inside; anything else is refused, so that PATH decides nothing. */
export function resolveProgram(argv: string[]): string[] | null {
  const [first, ...rest] = argv
  if (first === undefined) return null
  const program = first.startsWith('/') ? first : PROGRAMS[first]
  return program === undefined ? null : [program, ...rest]
}

/** `NAME=value` of everything a run's environment holds. */
export const environment = (variables: Record<string, string>): string[] =>
  Object.entries({ ...STANDARD, ...variables }).map(([name, value]) => {
    if (!ENV_NAME.test(name)) throw new TypeError(`not a variable name: ${JSON.stringify(name)}`)
    return `${name}=${value}`
  })

const env = (variables: Record<string, string>): string[] =>
  environment(variables).flatMap((pair) => {
    const at = pair.indexOf('=')
    return ['--setenv', pair.slice(0, at), pair.slice(at + 1)]
  })

const tmpfs = (path: string, bytes: number) => ['--size', String(bytes), '--tmpfs', path]

/** Copies the tree in, then becomes the untrusted program; runs before any untrusted byte does. */
const COPY = 'cp -R /nightshift/source/. /workspace/ || exit 125; exec "$@"'

function workspace(box: Box): string[] {
  if ('bind' in box.workspace) return ['--bind', box.workspace.bind, '/workspace']
  const mounts = ['--ro-bind', box.workspace.source, '/nightshift/source', ...tmpfs('/workspace', box.workspace.bytes)]
  for (const { at, folder, caches } of box.dependencies) {
    mounts.push('--ro-bind', folder, `/workspace/${at}`)
    for (const name of caches) mounts.push(...tmpfs(`/workspace/${at}/${name}`, 64 * MIB))
  }
  return mounts
}

/** bwrap's arguments. The order is the order of mounting. */
export function bwrapArgv(box: Box): string[] {
  const guest = 'bind' in box.workspace ? box.argv : ['/bin/sh', '-c', COPY, 'sh', ...box.argv]
  return [
    ...['--unshare-user', '--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup'],
    ...['--uid', '1000', '--gid', '1000', '--hostname', 'sandbox'],
    ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--disable-userns', '--clearenv'],
    ...env(box.env),
    ...box.system.flatMap(({ path, link }) => (link === null ? ['--ro-bind', path, path] : ['--symlink', link, path])),
    ...['--dir', '/etc', '--ro-bind-try', '/etc/alternatives', '/etc/alternatives'],
    ...['--ro-bind-try', '/etc/ld.so.cache', '/etc/ld.so.cache'],
    ...ETC.flatMap((name) => ['--ro-bind', `${box.etc}/${name}`, `/etc/${name}`]),
    // Under a host root, bwrap's own /proc leaves /proc/sys writable: core_pattern there is code execution on the host.
    ...['--proc', '/proc', '--ro-bind', '/proc/sys', '/proc/sys'],
    ...['--dev', '/dev', ...tmpfs('/dev/shm', 64 * MIB), '--remount-ro', '/dev'],
    ...[...tmpfs('/tmp', box.tmpBytes), ...tmpfs('/home/agent', 64 * MIB), '--dir', '/run', '--dir', '/var/tmp'],
    ...['--ro-bind', box.node, '/opt/node', '--ro-bind', box.programs, '/nightshift/lib'],
    ...['--ro-bind', box.typescript, '/nightshift/node_modules/typescript'],
    ...box.shown.flatMap(({ folder, at }) => ['--ro-bind', folder, at]),
    ...(box.manager === null ? [] : ['--ro-bind', box.manager, '/opt/manager']),
    ...workspace(box),
    ...(box.registry === null ? [] : ['--ro-bind', box.registry, '/run/registry.sock']),
    ...['--chdir', '/workspace', '--remount-ro', '/'],
    ...(box.seccomp ? ['--seccomp', String(SECCOMP_FD)] : []),
    ...['--json-status-fd', String(STATUS_FD), '--block-fd', String(BLOCK_FD), '--', ...guest],
  ]
}

export interface Launcher {
  bwrap: string
  /** The unprivileged uid of this run; null when we are an ordinary user ourselves. */
  uid: number | null
  /** `cgroup.procs` files to join; empty where control groups cannot be written. */
  cgroups: string[]
  /** Folders that a run's own uid has no way to, such as those in root's home, by where it gets one. Only as root. */
  doors: { folder: string; at: string }[]
  limits: Limits
  /** Threads our own account already has: RLIMIT_NPROC counts the account, not the sandbox. 0 when the run has its own uid. */
  threads: number
}

/** In a mount namespace of this run alone: nothing is left behind, and nobody else sees it. */
const OPEN =
  'n=$1; shift; while [ "$n" -gt 0 ]; do mount --bind "$1" "$2" || exit 125; shift 2; n=$((n - 1)); done; exec "$@"'
const UNSHARE = ['unshare', '--mount', '--propagation', 'private', '/bin/sh', '-c', OPEN, 'sh']

const JOIN = 'n=$1; shift; while [ "$n" -gt 0 ]; do echo $$ > "$1" || exit 125; shift; n=$((n - 1)); done; exec "$@"'

/** What stands before bwrap: join the control groups, open doors, give up root, set the limits. */
export function launcherArgv({ bwrap, uid, cgroups, doors, limits, threads }: Launcher): string[] {
  const drop = ['--clear-groups', '--inh-caps=-all', '--bounding-set=-all', '--no-new-privs', '--']
  return [
    ...(cgroups.length === 0 ? [] : ['/bin/sh', '-c', JOIN, 'sh', String(cgroups.length), ...cgroups]),
    ...(doors.length === 0
      ? []
      : [...UNSHARE, String(doors.length), ...doors.flatMap(({ folder, at }) => [folder, at])]),
    ...(uid === null ? [] : ['setpriv', '--reuid', String(uid), '--regid', String(uid), ...drop]),
    ...['prlimit', `--cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 1}`, `--nproc=${limits.processes + threads}`],
    ...[`--fsize=${limits.fileBytes}`, '--nofile=4096', '--core=0'],
    // Per process only, and never RLIMIT_AS, which breaks WebAssembly; a control group bounds the whole run instead.
    ...(cgroups.length === 0 ? [`--data=${limits.memoryBytes + V8_RESERVE}`] : []),
    ...['--', bwrap],
  ]
}
