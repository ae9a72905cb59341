import { soakOf } from '../../lib/policy/soak.ts'
import { newWith } from '../../lib/store/counts.ts'
import { type Context, hold, type Outcome, turnBack } from './context.ts'
import { add, healthCheck, pace, send, soakChecks } from './probes.ts'
import { unread } from './unread.ts'

const UNREAD_MS = 500

/** Staging is probed throughout with the smoke set and every fixture, so that silence means something. */
export async function soaking(c: Context): Promise<Outcome> {
  const { facts } = c.release
  const { policy } = c.project
  const soak = facts.soak!
  const serving = await c.world.deploy(c.project).serving('staging')
  if (serving?.deployment !== facts.stagingDeployment) return hold(c, 'staging serves something else than this fix')
  const elapsed = (c.world.clock.now().getTime() - Date.parse(soak.since)) / 1000
  const { everyMs, each } = pace(policy.soakSeconds, policy.probes)
  const checks = await soakChecks(c)
  const batch = Array.from({ length: each }, (_, i) => checks[(soak.probes.sent + i) % checks.length]!)
  const [health] = await send(c, serving!.url, [healthCheck(c)])
  const probes = add(soak.probes, await send(c, serving!.url, batch))
  const seen = { ...soak, probes, healthFailures: health?.ok ? 0 : soak.healthFailures + 1 }
  const bad = probes.failed > 0 || seen.healthFailures > 1
  if (!bad && (elapsed < policy.soakSeconds || probes.sent < policy.probes))
    return { facts: { ...facts, soak: seen }, inMs: everyMs }
  const until = soak.until ?? c.world.clock.now().toISOString()
  // Nothing of the window may be unread when its silence is judged.
  const left = bad ? null : await unread(c, Date.parse(until))
  if (left === 'soon') return { facts: { ...facts, soak: { ...seen, until } }, inMs: UNREAD_MS }
  if (left) return hold(c, left.blind, { ...facts, soak: { ...seen, until } })
  const newErrors = await newWith(c.world.sql, c.project.id, 'staging', facts.stagingSha!)
  const full = { ...seen, newErrors }
  const verdict = soakOf(full, { elapsedSeconds: elapsed, policy })
  const next = { ...facts, soak: { ...full, verdict, until } }
  if (verdict.answer === 'unhealthy') return turnBack(c, 'unhealthy', `On staging: ${verdict.why}`, next)
  if (verdict.answer === 'inconclusive') return hold(c, verdict.why, next)
  return { move: 'promoting', facts: next }
}
