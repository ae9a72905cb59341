import type { ReleaseFacts } from '../../lib/domain/release.ts'
import { alarmOf, healthOf } from '../../lib/policy/health.ts'
import { newWith } from '../../lib/store/counts.ts'
import { observe, readUntil } from '../../lib/store/traffic.ts'
import { nudge } from '../../lib/store/work.ts'
import { type Context, hold, type Outcome, turnBack } from './context.ts'
import { cure } from './cure.ts'
import { add, healthCheck, pace, send, watchChecks } from './probes.ts'
import { unread } from './unread.ts'

const UNREAD_MS = 500
/** An inconclusive window is extended twice, then a person is asked. */
const EXTENSIONS = 2

/** Production is watched for its window; then its health is judged, and then whether the error is gone. */
export async function watching(c: Context): Promise<Outcome> {
  const { facts } = c.release
  const { policy } = c.project
  const watch = facts.watch!
  const now = c.world.clock.now()
  const serving = await c.world.deploy(c.project).serving('production')
  if (serving?.deployment !== facts.productionDeployment)
    return hold(c, 'production serves something else than this fix')
  const { everyMs, each } = pace(policy.watchSeconds, policy.probes)
  const checks = [...watchChecks(c), healthCheck(c)]
  const batch = Array.from({ length: each }, (_, i) => checks[(watch.probes.sent + i) % checks.length]!)
  const [health] = await send(c, serving!.url, [healthCheck(c)])
  const seen = {
    ...watch,
    probes: add(watch.probes, await send(c, serving!.url, batch)),
    healthFailures: health?.ok ? 0 : watch.healthFailures + 1,
  }
  const until = Date.parse(watch.until ?? watch.since) + (watch.until ? 0 : policy.watchSeconds * 1000)
  const so = await counted(c, { ...facts, watch: seen })
  const alarm = alarmOf(so.watch!)
  if (alarm) return turnBack(c, 'unhealthy', alarm.why, { ...so, watch: { ...so.watch!, verdict: alarm } })
  if (now.getTime() < until) return { facts: so, inMs: everyMs }
  const left = await leftToRead(c, until)
  if (left === 'soon') return { facts: { ...facts, watch: seen }, inMs: UNREAD_MS }
  if (left) return hold(c, left.blind, so)
  return judge(c, { ...facts, watch: { ...seen, until: new Date(until).toISOString() } })
}

/** Events and counters up to the end of the window have been read: no unobserved stretch. */
async function leftToRead(c: Context, until: number): ReturnType<typeof unread> {
  const read = await readUntil(c.world.sql, c.project.id, 'traffic')
  if (read && read.getTime() >= until) return unread(c, until)
  await nudge(c.world.sql, `project:${c.project.id}`)
  c.world.ring('watcher')
  return 'soon'
}

/** The window with what users met so far on the commit before and on this one. */
async function counted(c: Context, facts: ReleaseFacts): Promise<ReleaseFacts> {
  const { sql } = c.world
  const before = await observe(sql, c.project.id, 'production', [facts.previous!.sha])
  const after = await observe(sql, c.project.id, 'production', [facts.mainSha!])
  const newErrors = await newWith(sql, c.project.id, 'production', facts.mainSha!)
  return { ...facts, watch: { ...facts.watch!, before, after, newErrors } }
}

async function judge(c: Context, seen: ReleaseFacts): Promise<Outcome> {
  const facts = await counted(c, seen)
  const watch = facts.watch!
  const verdict = healthOf(watch)
  const judged = { ...facts, watch: { ...watch, verdict } }
  const with_ = { ...c, release: { ...c.release, facts: judged } }
  if (verdict.answer === 'healthy') return cure(with_)
  const windowMs = c.project.policy.watchSeconds * 1000
  const extended = (Date.parse(watch.until!) - Date.parse(watch.since)) / windowMs - 1
  if (verdict.answer === 'inconclusive' && extended < EXTENSIONS) {
    const until = new Date(Date.parse(watch.until!) + windowMs).toISOString()
    return { facts: { ...judged, watch: { ...judged.watch, until } }, inMs: 1000 }
  }
  if (verdict.answer === 'unhealthy') return turnBack(c, 'unhealthy', verdict.why, judged)
  return hold(c, verdict.why, judged)
}
