import { readdir, readFile } from 'node:fs/promises'
import type { Limits, Probe, SandboxResult, SandboxRun } from '../../domain/sandbox.ts'
import type { Bait } from './bait.ts'

type Run = (run: SandboxRun) => Promise<SandboxResult>
/** A probe that does harm: its parameter, the limits it runs under, and how the host sees that they held. */
interface Harm {
  name: string
  kind: string
  parameter: string
  limits: Partial<Limits>
  held(result: SandboxResult): boolean | Promise<boolean>
}

const MIB = 1024 ** 2
const PROGRAM = '/nightshift/lib/adapters/sandbox/probes/harm.mjs'
/** Everything a guest can write to, and how many whole MiB fit under a file limit of 8 MiB. */
const PLACES = { '/workspace': 8, '/tmp': 8, '/dev/shm': 64, '/home/agent': 64 }

async function isRunning(token: string): Promise<boolean> {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (line === `/bin/sleep\0${token}\0`) return true
  }
  return false
}

/** Each limit of `Limits`, overstepped. */
export function harms({ token }: Bait, full: boolean): Harm[] {
  const quick: Harm[] = [
    {
      ...{ name: 'endless loop', kind: 'loop', parameter: '', limits: { wallMs: 600 } },
      held: ({ end }) => end === 'timed-out',
    },
    {
      ...{ name: 'survivor', kind: 'survivor', parameter: token, limits: {} },
      held: async ({ exit }) => exit === 0 && !(await isRunning(token)),
    },
  ]
  const rest: Harm[] = [
    {
      ...{ name: 'fork bomb', kind: 'forks', parameter: '200', limits: { processes: 64 } },
      held: ({ stdout, end }) => end !== 'exited' || Number(/^made (\d+)$/m.exec(stdout)?.[1] ?? 0) < 64,
    },
    {
      ...{ name: 'memory hog', kind: 'memory', parameter: '1024', limits: { memoryBytes: 256 * MIB } },
      held: ({ exit, stdout }) => exit !== 0 && !stdout.includes('took'),
    },
    {
      ...{ name: 'output flood', kind: 'flood', parameter: '', limits: { wallMs: 1_500, outputBytes: 16 * 1024 } },
      held: ({ stdout, truncated, end }) => truncated && stdout.length === 16 * 1024 && end !== 'exited',
    },
    {
      ...{ name: 'file flood', kind: 'files', parameter: Object.keys(PLACES).join(), limits: { fileBytes: 8 * MIB } },
      held: ({ stdout }) =>
        Object.entries(PLACES).every(([place, most]) => {
          const written = new RegExp(`^${place} (\\d+) ENOSPC$`, 'm').exec(stdout)?.[1]
          return written !== undefined && Number(written) <= most
        }),
    },
  ]
  return full ? [...quick, ...rest] : quick
}

export async function tryHarm(run: Run, harm: Harm): Promise<Probe> {
  const argv = ['node', PROGRAM, harm.kind, harm.parameter]
  const wallMs = harm.limits.wallMs ?? 30_000
  const once = (patience: number) => run({ files: [], argv, limits: { ...harm.limits, wallMs: wallMs * patience } })
  const first = await once(1)
  // A machine too busy to start the program in time has shown nothing yet.
  const result = first.end === 'timed-out' && first.stdout === '' ? await once(10) : first
  const contained = result.stdout.startsWith('begun') && (await harm.held(result))
  const last = result.stdout.trim().split('\n').at(-1)?.slice(0, 80)
  return { name: harm.name, contained, detail: `${result.end} ${result.exit ?? ''} after ${result.ms} ms: ${last}` }
}
