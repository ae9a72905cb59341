import type { Verdict, Watch } from '../domain/release.ts'
import type { Minimum } from './sample.ts'
import { errorRate, healthChecks, latency, newErrors } from './signals.ts'

/** Requests a side, or probes, below which rate and latency say nothing (design, section 7). */
export const MINIMUM: Minimum = { minRequests: 200, minProbes: 60 }

/**
 * Roll back when any signal is bad; healthy only when every signal had its sample and is good. Error events, which
 * the patch could silence, can condemn but never acquit: acquittal also takes probes and counts of the host.
 */
export function healthOf(watch: Watch, minimum: Minimum = MINIMUM): Verdict {
  const signals = [healthChecks(watch), newErrors(watch), errorRate(watch, minimum), latency(watch, minimum)]
  const bad = signals.filter((signal) => signal.answer === 'unhealthy')
  if (bad.length > 0) return { answer: 'unhealthy', why: sentence(bad) }
  const open = signals.filter((signal) => signal.answer === 'inconclusive')
  if (open.length > 0) return { answer: 'inconclusive', why: sentence(open) }
  return { answer: 'healthy', why: sentence(signals) }
}

/** Standard deviations beyond what the earlier rate explains: so many looks in one watch rarely see that by chance. */
const SURE = 4

/**
 * What need not wait for the end of a watch. A watch is looked at every few seconds, so an error rate that is merely up
 * waits for the whole sample, and one that chance does not explain rolls back at once.
 */
export function alarmOf(watch: Watch, minimum: Minimum = MINIMUM): Verdict | null {
  const { before, after } = watch
  const expected = before.requests > 0 ? (before.failed / before.requests) * after.requests : 0
  const sure = after.failed - expected >= SURE * Math.sqrt(expected + 1)
  const signals = [healthChecks(watch), newErrors(watch), ...(sure ? [errorRate(watch, minimum)] : [])]
  const bad = signals.filter((signal) => signal.answer === 'unhealthy')
  return bad.length > 0 ? { answer: 'unhealthy', why: sentence(bad) } : null
}

function sentence(signals: Verdict[]): string {
  const text = signals.map((signal) => signal.why).join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
