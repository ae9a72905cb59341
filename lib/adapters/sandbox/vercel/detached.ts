import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '../../../errors.ts'
import type { Detached } from '../../../world.ts'
import type { machines } from './base.ts'
import { beginJob, isBegun, reportIn } from './job.ts'
import { type Account, findMachine } from './machine.ts'
import { DENY_ALL } from './policy.ts'
import { jobOf, resultOf } from './run.ts'
import { isGone, trouble } from './trouble.ts'

/** Above a run's own time: as long as whoever looks after it may take to come back, and its report is there to be read. */
const KEPT_MS = 15 * 60_000
const BEGINS_MS = 30_000
/** Between two looks at one that runs. */
const LOOK_MS = [300, 500, 1000, 2000]

const nameOf = (id: string) => `nightshift-run-${id}`

/**
 * Runs whose machines are found again by name. The name is the caller's, so that a creation whose answer got lost and a
 * second worker come to the same machine; in it the supervisor begins its job once, however often it is started.
 */
export function detachedRuns(account: Account, shop: ReturnType<typeof machines>): Detached {
  return {
    async start(id, run) {
      const job = jobOf(run)
      const plan = { name: nameOf(id), by: id, policy: DENY_ALL, timeoutMs: job.limits.wallMs + KEPT_MS }
      const machine = await shop.open(run.dependencies ?? null, plan)
      try {
        if (await isBegun(machine)) return
        await beginJob(machine, run.files, job, run.stdin ?? null)
        // Its program takes a moment to start; until it has, nobody could tell it from one that was never asked for.
        for (const until = performance.now() + BEGINS_MS; !(await isBegun(machine)); await pause(100))
          if (performance.now() > until) throw new Error('it did not begin')
      } catch (error) {
        throw trouble('starting a run', error)
      }
    },

    async look(id, waitMs) {
      const until = performance.now() + waitMs
      try {
        const machine = await findMachine(account, nameOf(id), id)
        if (!machine || !(await isBegun(machine))) return 'none'
        for (let looked = 0; ; looked++) {
          const report = await reportIn(machine)
          if (report?.failure) throw new Fault('SANDBOX_UNAVAILABLE', report.failure)
          if (report) return resultOf(report)
          const left = until - performance.now()
          if (left <= 0) return 'running'
          await pause(Math.min(left, LOOK_MS[Math.min(looked, LOOK_MS.length - 1)] ?? 0))
        }
      } catch (error) {
        if (isGone(error)) return 'none'
        throw trouble('looking after a run', error)
      }
    },

    async drop(id) {
      const machine = await findMachine(account, nameOf(id), id).catch(() => null)
      await machine?.close()
    },
  }
}
