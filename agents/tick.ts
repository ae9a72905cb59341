import type { Agent, Lease, Next } from '../lib/domain/work.ts'
import { Fault } from '../lib/errors.ts'
import { TRIES, triedAgainIn } from '../lib/policy/triedAgain.ts'
import { note } from '../lib/store/audit.ts'
import { recordTick } from '../lib/store/health.ts'
import { claimWork, finishWork, keepWork } from '../lib/store/work.ts'
import type { Observer, Outcome } from '../lib/world/observer.ts'
import type { Actor, Reader } from '../lib/world.ts'
import { troubleOf } from './trouble.ts'

/** One piece of work, one step. It may be killed at any line: the next holder of the lease starts it again. */
export type Step = (lease: Lease) => Promise<Next>

export interface TickReport {
  agent: Agent
  steps: number
  troubles: string[]
}

/** Longer than any step takes, with every run in it at its limit; a lease that is renewed for ever is nobody else's. */
const STEP_MS = 2 * 3_600_000

export interface TickLimits {
  leaseSeconds: number
  deadlineMs: number
  /** After so long a step is given up, which may only be waiting for an answer that never comes. */
  stepMs?: number
  /** Who watches; nobody where it is left out. */
  observer?: Observer
}

type World = Pick<Reader | Actor, 'sql' | 'ring'>

/** The same for all four agents: claim, step, hand over, until the deadline or until nothing is due. */
export async function tick(world: World, agent: Agent, step: Step, limits: TickLimits): Promise<TickReport> {
  const { observer } = limits
  const report: TickReport = { agent, steps: 0, troubles: [] }
  const end = performance.now() + limits.deadlineMs
  const all = async () => {
    while (performance.now() < end) {
      const lease = await claimWork(world.sql, agent, limits.leaseSeconds)
      if (!lease) break
      report.steps += 1
      const one = () => work(world, agent, lease, step, limits)
      const { trouble } = await (observer ? observer.step(agent, lease, one) : one())
      if (trouble) report.troubles.push(trouble)
    }
    await recordTick(world.sql, agent, report)
    return report
  }
  return observer ? observer.tick(agent, all) : all()
}

/** One step under its lease, and what it leaves. */
async function work(
  world: World,
  agent: Agent,
  lease: Lease,
  step: Step,
  { leaseSeconds, stepMs = STEP_MS }: TickLimits,
): Promise<Outcome & { trouble?: string }> {
  const heart = setInterval(
    () => void keepWork(world.sql, lease, leaseSeconds).catch(() => undefined),
    (leaseSeconds * 1000) / 3,
  )
  try {
    const next = await within(stepMs, step(lease))
    clearInterval(heart)
    const mine = await finishWork(world.sql, lease, next)
    if (mine && next !== 'done') world.ring(next.agent, next.inMs)
    if (!mine) return { how: 'overtaken' }
    return next === 'done' ? { how: 'done' } : { how: 'handed-on', to: next.agent }
  } catch (error) {
    clearInterval(heart)
    return { how: 'failed', error, trouble: await giveBack(world, agent, lease, error) }
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not end within ${Math.round(ms / 60_000)} minutes`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

async function giveBack(world: World, agent: Agent, lease: Lease, error: unknown): Promise<string> {
  const why =
    error instanceof Fault ? `${error.code}: ${error.detail}` : String(error instanceof Error ? error.message : error)
  const inMs = triedAgainIn({ ...troubleOf(error), tries: lease.tries, subject: lease.subject }, new Date())
  if (lease.tries === TRIES)
    await note(world.sql, lease.project, agent, 'work.stuck', { subject: lease.subject, why: why.slice(0, 500) })
  if (await finishWork(world.sql, lease, { agent, inMs }, why.slice(0, 500))) world.ring(agent, inMs)
  return `${lease.subject}: ${why}`
}
