import type { Verdict, Watch } from '../domain/release.ts'
import { countsAreSound, enoughProbes, enoughRequests, isCount, isDuration, type Minimum } from './sample.ts'

/** What one signal of a watch says on its own. */
export type Signal = Verdict

const healthy = (why: string): Signal => ({ answer: 'healthy', why })
const unhealthy = (why: string): Signal => ({ answer: 'unhealthy', why })
const inconclusive = (why: string): Signal => ({ answer: 'inconclusive', why })

/** Two health checks in a row: one alone may be the network between us and the host. */
export function healthChecks({ healthFailures, probes }: Watch): Signal {
  if (!isCount(healthFailures)) return inconclusive('the health checks were not counted')
  if (healthFailures >= 2) return unhealthy(`the health check failed ${healthFailures} times in a row`)
  if (!(probes.sent >= 2)) return inconclusive(`${probes.sent} probes sent, and a health check needs 2`)
  return healthFailures === 1
    ? inconclusive('the health check failed once, and 2 in a row decide')
    : healthy('health checks answered')
}

/** Events that make a new error one (design, section 7). */
export const NEW_ERROR_EVENTS = 3

/** An error nobody saw before this commit, or failing probes: either counts from the third event on. */
export function newErrors({ newErrors: events, probes }: Watch): Signal {
  if (!events.every(isCount) || !countsAreSound(probes)) return inconclusive('new errors were not counted')
  const worst = Math.max(0, ...events)
  if (worst >= NEW_ERROR_EVENTS) return unhealthy(`a new error was seen ${worst} times`)
  if (probes.failed >= NEW_ERROR_EVENTS) return unhealthy(`${probes.failed} of ${probes.sent} probes failed`)
  if (worst > 0) return inconclusive(`a new error was seen ${times(worst)}, and ${NEW_ERROR_EVENTS} events decide`)
  if (probes.failed > 0)
    return inconclusive(`${probes.failed} of ${probes.sent} probes failed, and ${NEW_ERROR_EVENTS} decide`)
  return healthy('no new error')
}

/** Failures beyond what the earlier rate explains that it takes to decide: a stray one or two never do. */
export const EXCESS_FAILURES = 3

/**
 * Up more than 20 % on before, exactly 20 % is not. From a baseline of zero every failure is more than 20 %, so the
 * third failure decides. Probes may stand in for missing requests, but not while the requests there are look worse.
 */
export function errorRate(watch: Watch, minimum: Minimum): Signal {
  const { before, after, probes } = watch
  if (!countsAreSound(before) || !countsAreSound(after)) return inconclusive('requests were not counted')
  const expected = before.requests === 0 ? 0 : (before.failed / before.requests) * after.requests
  // Whole numbers on both sides, so that exactly 20 % is decided exactly.
  const up =
    before.failed === 0 ? after.failed > 0 : 5 * after.failed * before.requests > 6 * before.failed * after.requests
  const worse = up && after.failed - expected >= EXCESS_FAILURES
  const seen = `${after.failed} of ${after.requests} requests failed, ${before.failed} of ${before.requests} before`
  if (enoughRequests(before, after, minimum)) return worse ? unhealthy(seen) : healthy(seen)
  if (worse) return inconclusive(`${seen}: too few to decide, ${minimum.minRequests} a side are needed`)
  if (enoughProbes(probes, minimum)) return healthy(`${probes.sent} probes stand in for few requests`)
  return inconclusive(tooFew('error rate', watch, minimum))
}

/** More than double, and by more than this: 2 ms to 5 ms is the noise of a fast route, not a slow release. */
export const SLOWER_MS = 50

/** 95th percentile against before: of requests where both sides have enough, otherwise of our probes. */
export function latency(watch: Watch, minimum: Minimum): Signal {
  const { before, after, probes } = watch
  const byRequests = enoughRequests(before, after, minimum) && isDuration(after.p95)
  if (!byRequests && !enoughProbes(probes, minimum)) return inconclusive(tooFew('response time', watch, minimum))
  const now = byRequests ? after.p95 : probes.p95
  if (!isDuration(before.p95)) return inconclusive('there is no response time from before to compare with')
  if (!isDuration(now)) return inconclusive('the response time was not measured')
  const seen = `95 % answered within ${Math.round(now)} ms, ${Math.round(before.p95)} ms before`
  return now > 2 * before.p95 && now - before.p95 > SLOWER_MS ? unhealthy(seen) : healthy(seen)
}

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`)

const tooFew = (what: string, { before, after, probes }: Watch, { minRequests, minProbes }: Minimum): string =>
  `${what}: ${before.requests} requests before, ${after.requests} after and ${probes.sent} probes, ` +
  `and ${minRequests} a side or ${minProbes} probes decide`
