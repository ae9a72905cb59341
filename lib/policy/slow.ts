import { LATENCY_BUCKETS_MS, type RouteLatency } from '../domain/deployment.ts'

/** Milliseconds between which a quantile lies: buckets do not say more. `to` is null beyond the last bound. */
export interface Span {
  from: number
  to: number | null
}

export interface Slow {
  route: string
  requests: number
  p50: Span
  p95: Span
  p99: Span
  /** One sentence with the percentiles. */
  why: string
}

/**
 * 800 ms to the first byte is where web.dev's guide to TTFB stops calling a page good; the bucket that begins at or
 * above it is the first that is surely over. Twenty requests, as for a route's share in severity (design, section 7).
 */
export const SLOW = { ms: 800, requests: 20 } as const

/** A route whose 95th percentile is surely too slow, or null. Failures are another matter: they have issues of their own. */
export function slowOf({ route, requests, failed, latency }: RouteLatency): Slow | null {
  if (requests < SLOW.requests || failed * 2 >= requests) return null
  const p95 = spanOf(latency, 0.95)
  if (!p95 || p95.from < SLOW.ms) return null
  const p50 = spanOf(latency, 0.5) ?? p95
  const p99 = spanOf(latency, 0.99) ?? p95
  const why =
    `Of ${requests} requests in the last hour the median took ${inWords(p50)}, the 95th percentile ${inWords(p95)} ` +
    `and the 99th ${inWords(p99)}; up to ${SLOW.ms} ms is good.`
  return { route, requests, p50, p95, p99, why }
}

/** The bucket in which the `q` quantile lies; null without requests. */
export function spanOf(latency: number[], q: number): Span | null {
  const total = latency.reduce((sum, n) => sum + n, 0)
  let left = total * q
  for (const [i, n] of latency.entries()) {
    if (n > 0 && left <= n) return { from: LATENCY_BUCKETS_MS[i - 1] ?? 0, to: LATENCY_BUCKETS_MS[i] ?? null }
    left -= n
  }
  return null
}

const inWords = ({ from, to }: Span): string =>
  to === null ? `more than ${seconds(from)}` : `${seconds(from)} to ${seconds(to)}`

const seconds = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`)
