import { join } from 'node:path'
import type { Limits } from '../../../../domain/sandbox.ts'
import type { Job } from './job.ts'

/** The account of every guest. One machine does one job, so one will do. */
const UID = '61990'
/** Address space V8 reserves for code at start, which counts as data. */
const V8_RESERVE = 512 * 1024 ** 2

/** Its own network, mounts, processes, names; gone together with the first process. */
export const UNSHARE = ['--net', '--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child', '--']

/** Memory is limited per process, and for all together by the machine. Never RLIMIT_AS, which breaks WebAssembly. */
export const prlimits = ({ cpuSeconds, processes, fileBytes, memoryBytes }: Limits): string =>
  [
    ...[`--cpu=${cpuSeconds}:${cpuSeconds + 1}`, `--nproc=${processes}`, `--fsize=${fileBytes}`],
    ...['--nofile=4096', '--core=0', `--data=${memoryBytes + V8_RESERVE}`],
  ].join(' ')

/** Parameters of box.sh: its whole environment. `install`: the workspace on disk, and the way to the registry. */
export function boxEnvironment(
  job: Job | null,
  uploads: string,
  install: { workspace: string; registry: string } | null,
): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    BOX_UID: UID,
    BOX_SOURCE: join(uploads, 'source'),
    BOX_STDIN: job?.stdin ? join(uploads, 'stdin') : '/dev/null',
    BOX_WORKSPACE: install?.workspace ?? '',
    BOX_REGISTRY: install?.registry ?? '',
    BOX_MANAGER: job?.install?.manager ? '1' : '',
    BOX_BYTES: String(job?.limits.fileBytes ?? 0),
    BOX_SECONDS: String((job?.limits.wallMs ?? 0) / 1000),
    BOX_LIMITS: job ? prlimits(job.limits) : '',
  }
}
