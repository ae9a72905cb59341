import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { SandboxFile } from '../../../domain/sandbox.ts'
import { Fault } from '../../../errors.ts'
import { DESK, type Job, LIMITS_OF_REPORT, REPORT, type Report } from './guest/job.ts'
import { again, type Machine, within } from './machine.ts'
import { isGone, trouble } from './trouble.ts'
import { upload } from './upload.ts'

/** A run that the machine itself ended, or that nobody can say the end of, and what is known of it. */
export type Told = { report: Report } | { report: null; why: 'late' | 'ended' }

const Reported = z.strictObject({
  end: z.enum(['exited', 'timed-out', 'out-of-memory', 'killed']),
  exit: z.number().nullable(),
  stdout: z.base64(),
  stderr: z.base64(),
  truncated: z.boolean(),
  egress: z.number().nullable(),
  ms: z.number(),
  refused: z.array(z.string()),
  kept: z.base64().nullable(),
  failure: z.string().nullable(),
}) satisfies z.ZodType<Report>

/** Above a run's own time: uploads, the supervisor's patience with a box that hangs, and the way back. */
export const PATIENCE_MS = 60_000
const SUPERVISE = '/nightshift/lib/adapters/sandbox/vercel/guest/supervise.js'

/** Words, never shell text: the program's own words are in the job's file. */
const command = (uploads: string, timeoutMs: number) => ({
  cmd: '/bin/sh',
  args: ['-c', 'exec "$(cat /nightshift/toolchain)/bin/node" "$@"', 'sh', SUPERVISE, uploads],
  ...{ env: {}, sudo: true, timeoutMs, detached: true as const },
})

/**
 * Uploads a job and has it done. The report is a file only root could write, read when the supervisor has ended: a stream
 * that breaks off on its way here loses nothing. Throws `SANDBOX_UNAVAILABLE` where the service does not do it.
 */
export async function doJob(machine: Machine, files: SandboxFile[], job: Job, stdin: string | null): Promise<Told> {
  const deadline = Date.now() + job.limits.wallMs + PATIENCE_MS
  const status = await ended(machine, await beginJob(machine, files, job, stdin), deadline)
  if (typeof status === 'string') return { report: null, why: status }
  const report = await reportIn(machine)
  return report ? { report } : { report: null, why: status === 0 ? 'ended' : 'late' }
}

/** Uploads a job and has it begun; the command's id. */
export async function beginJob(
  machine: Machine,
  files: SandboxFile[],
  job: Job,
  stdin: string | null,
): Promise<string> {
  const { session } = machine
  const own = [{ path: 'job.json', bytes: Buffer.from(JSON.stringify(job)) }]
  const typed = stdin === null ? [] : [{ path: 'stdin', bytes: Buffer.from(stdin) }]
  await upload(machine, 'job', [...files.map((file) => ({ ...file, path: `source/${file.path}` })), ...own, ...typed])
  const patience = job.limits.wallMs + PATIENCE_MS
  const started = await again(() => session.runCommand({ ...command(`${session.cwd}/job`, patience), ...within() }), 2)
  return started.cmdId
}

/** The report, where it is there: it appears whole. */
export async function reportIn({ session }: Machine): Promise<Report | null> {
  const found = await again(() => session.readFileToBuffer({ path: REPORT }, within()))
  if (found === null) return null
  if (found.length > LIMITS_OF_REPORT) throw new Fault('SANDBOX_UNAVAILABLE', 'A report is larger than one can be.')
  return Reported.parse(JSON.parse(found.toString('utf8')))
}

/** Whether a machine has begun its job: the supervisor makes the folder first of all, and once. */
export async function isBegun({ session }: Machine): Promise<boolean> {
  const asked = await again(() => session.runCommand({ cmd: 'test', args: ['-d', DESK], ...within() }))
  return asked.exitCode === 0
}

/** The supervisor's status; `late` past the deadline, `ended` where the machine is no more. */
async function ended({ session }: Machine, id: string, deadline: number): Promise<number | 'late' | 'ended'> {
  let failures = 0
  for (;;) {
    const left = deadline - Date.now()
    if (left <= 0) return 'late'
    try {
      const asked = await session.getCommand(id, within(Math.min(left, 60_000)))
      return (await asked.wait({ signal: AbortSignal.timeout(left) })).exitCode
    } catch (error) {
      if (isGone(error)) return 'ended'
      if (Date.now() >= deadline) return 'late'
      failures += 1
      if (failures > 5) throw trouble('waiting for a run', error)
      await pause(200 * failures)
    }
  }
}
