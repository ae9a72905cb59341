import { DEFAULT_LIMITS, type SandboxResult, type SandboxRun } from '../../../domain/sandbox.ts'
import { Fault } from '../../../errors.ts'
import { environment, resolveProgram } from '../argv.ts'
import type { machines } from './base.ts'
import type { Job, Report } from './guest/job.ts'
import { doJob, PATIENCE_MS, type Told } from './job.ts'
import { DENY_ALL } from './policy.ts'
import { trouble } from './trouble.ts'
import { checkTree } from './upload.ts'

const text = (base64: string) => Buffer.from(base64, 'base64').toString('utf8')

/** Nobody counted: it may have tried, and what may have tried proves nothing. */
const UNCOUNTED = 1

export function resultOf({ end, exit, stdout, stderr, truncated, egress, ms }: Report): SandboxResult {
  return { end, exit, stdout: text(stdout), stderr: text(stderr), truncated, egress: egress ?? UNCOUNTED, ms }
}

/** A run whose end nobody saw: never a status, and never without an attempt to reach another host. */
const unseen = (why: 'late' | 'ended', ms: number): SandboxResult => ({
  ...{ end: why === 'late' ? 'timed-out' : 'killed', exit: null, stdout: '', stderr: '', truncated: false },
  ...{ egress: UNCOUNTED, ms },
})

/** A job from a run. Refuses words that are no program and names that are no variable before a machine is made. */
export function jobOf(run: SandboxRun): Job {
  const argv = resolveProgram(run.argv)
  if (argv === null)
    throw new Fault('HARNESS_FAILED', `${JSON.stringify(run.argv[0])} is not a program of the sandbox.`)
  if (run.services?.length)
    throw new Fault('SANDBOX_UNAVAILABLE', 'The service postgres cannot be had with SANDBOX=vercel.')
  checkTree(run.files)
  const limits = { ...DEFAULT_LIMITS, ...run.limits }
  return { argv, env: environment(run.env ?? {}), stdin: run.stdin !== undefined, limits, install: null }
}

/** `run` of the port, without the gate before it: a machine of its own, stopped whatever happens. */
export async function runInMachine(shop: ReturnType<typeof machines>, run: SandboxRun): Promise<SandboxResult> {
  const job = jobOf(run)
  const timeoutMs = job.limits.wallMs + 3 * PATIENCE_MS
  const machine = await shop.open(run.dependencies ?? null, { policy: DENY_ALL, timeoutMs })
  const begun = performance.now()
  try {
    const told: Told = await doJob(machine, run.files, job, run.stdin ?? null)
    if (told.report === null) return unseen(told.why, Math.round(performance.now() - begun))
    if (told.report.failure !== null) throw new Fault('SANDBOX_UNAVAILABLE', told.report.failure)
    return resultOf(told.report)
  } catch (error) {
    throw trouble('running', error)
  } finally {
    await machine.close()
  }
}
