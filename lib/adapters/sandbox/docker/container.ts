import type { ContainerCreateOptions } from 'dockerode'
import type { Limits } from '../../../domain/sandbox.ts'
import { type Box, environment } from '../argv.ts'

const MIB = 1024 ** 2
/** What the engine hides by itself has to be named again by who adds to it. */
const MASKED = [
  ...['/proc/asound', '/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/timer_list'],
  ...['/proc/timer_stats', '/proc/sched_debug', '/proc/scsi', '/sys'],
]
const READONLY = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger']

/** One container: the box in Docker's terms. Paths are the host's, on which the engine has to be. */
export interface Plan {
  image: string
  box: Omit<Box, 'seccomp' | 'etc'>
  /** Files of this run's own below /etc, by name. */
  etc: Record<string, string>
  /** Host files and folders shown at the same path. */
  same: string[]
  uid: number
  limits: Limits
  labels: Record<string, string>
}

/**
 * Runs as process 1. It waits for one line, which the host writes once it holds the network counters open, copies the
 * tree in, and stays in front of the program: process 1 itself could not be killed by a signal of its own.
 */
const ENTRY = `IFS= read -r go || exit 125
[ -z "$1" ] || cp -R /nightshift/source/. /workspace/ || exit 125
shift
while [ "$1" != -- ]; do mkdir -p "/workspace/$2" && cp -R "$1/." "/workspace/$2/" || exit 125; shift 2; done
shift; unset go; "$@"; exit $?`

const tmpfs = (bytes: number, rest = 'mode=1777') => `rw,exec,nosuid,nodev,size=${bytes},${rest}`

/** A nested folder of dependencies is copied: the engine would make its parents root's, and the run writes beside it. */
const isNested = (at: string) => at.includes('/')

function mounts({ box, etc, same }: Plan): string[] {
  const readOnly = (from: string, to: string) => `${from}:${to}:ro`
  const { workspace } = box
  return [
    ...box.system.filter(({ link }) => link === null).map(({ path }) => readOnly(path, path)),
    ...same.map((path) => readOnly(path, path)),
    ...Object.entries(etc).map(([name, path]) => readOnly(path, `/etc/${name}`)),
    readOnly(box.node, '/opt/node'),
    readOnly(box.programs, '/nightshift/lib'),
    readOnly(box.typescript, '/nightshift/node_modules/typescript'),
    'bind' in workspace ? `${workspace.bind}:/workspace:rw` : readOnly(workspace.source, '/nightshift/source'),
    ...box.dependencies.map(({ at, folder }, index) =>
      readOnly(folder, isNested(at) ? `/nightshift/nested-${index}` : `/workspace/${at}`),
    ),
    ...box.shown.map(({ folder, at }) => readOnly(folder, at)),
    ...(box.manager === null ? [] : [readOnly(box.manager, '/opt/manager')]),
    ...(box.registry === null ? [] : [readOnly(box.registry, '/run/registry.sock')]),
  ]
}

function memory({ box, uid }: Plan): Record<string, string> {
  const own = `uid=${uid},gid=${uid},mode=755`
  const caches = box.dependencies
    .filter(({ at }) => !isNested(at))
    .flatMap(({ at, caches: names }) => names.map((name) => [`/workspace/${at}/${name}`, tmpfs(64 * MIB, own)]))
  return {
    '/tmp': tmpfs(box.tmpBytes),
    '/home/agent': tmpfs(64 * MIB, own),
    ...('bind' in box.workspace ? {} : { '/workspace': tmpfs(box.workspace.bytes, own) }),
    ...Object.fromEntries(caches),
  }
}

export function containerOptions(plan: Plan): ContainerCreateOptions {
  const { box, limits, uid } = plan
  const limit = (Name: string, Soft: number, Hard = Soft) => ({ Name, Soft, Hard })
  const nested = box.dependencies.flatMap(({ at }, index) => (isNested(at) ? [`/nightshift/nested-${index}`, at] : []))
  const source = 'bind' in box.workspace ? '' : 'copy'
  // `env -i`: the engine names the host in the environment it starts with, and /proc/1/environ would show it.
  const clean = ['/usr/bin/env', '-i', ...environment(box.env)]
  return {
    Image: plan.image,
    Entrypoint: [...clean, '/bin/sh', '-c', ENTRY, 'sh', source, ...nested, '--', ...box.argv],
    Cmd: [],
    User: `${uid}:${uid}`,
    WorkingDir: '/workspace',
    Hostname: 'sandbox',
    Labels: plan.labels,
    NetworkDisabled: true,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      IpcMode: 'private',
      MaskedPaths: MASKED,
      ReadonlyPaths: READONLY,
      Memory: limits.memoryBytes,
      MemorySwap: limits.memoryBytes,
      PidsLimit: limits.processes,
      ShmSize: 64 * MIB,
      Binds: mounts(plan),
      Tmpfs: memory(plan),
      LogConfig: { Type: 'none', Config: {} },
      Ulimits: [
        limit('cpu', limits.cpuSeconds, limits.cpuSeconds + 1),
        limit('fsize', limits.fileBytes),
        limit('nofile', 4096),
        limit('core', 0),
      ],
    },
  } as ContainerCreateOptions
}
