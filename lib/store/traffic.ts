import type { ISql } from 'postgres'
import { LATENCY_BUCKETS_MS, type RouteLatency, type Traffic } from '../domain/deployment.ts'
import type { Environment } from '../domain/event.ts'
import type { Observation } from '../domain/release.ts'
import type { Sha } from '../domain/tree.ts'

/** Rows replace what was stored for their minute: the host's counters are cumulative within it. */
export async function saveTraffic(sql: ISql, project: number, rows: Traffic[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into traffic ${sql(rows.map((row) => ({ project, ...row, latency: row.latency as unknown as string })))}
    on conflict (project, environment, sha, route, minute)
    do update set requests = excluded.requests, failed = excluded.failed, latency = excluded.latency`
}

/** Sums over whole commits; `route` null means every route. */
export async function observe(
  sql: ISql,
  project: number,
  environment: Environment,
  shas: Sha[],
  route: string | null = null,
): Promise<Observation> {
  const rows = await sql<{ requests: number; failed: number; latency: number[] }[]>`
    select requests, failed, latency from traffic
    where project = ${project} and environment = ${environment} and sha = any(${shas})
      and (${route}::text is null or route = ${route})`
  const latency: number[] = []
  let requests = 0
  let failed = 0
  for (const row of rows) {
    requests += row.requests
    failed += row.failed
    row.latency.forEach((n, i) => {
      latency[i] = (latency[i] ?? 0) + n
    })
  }
  return { requests, failed, p95: percentile(latency, 0.95) }
}

/**
 * Interpolated within the bucket in which the quantile lies: an upper bound alone would double when a latency merely
 * crosses a border. The overflow reaches to twice the last bound.
 */
export function percentile(buckets: number[], q: number): number | null {
  const total = buckets.reduce((sum, n) => sum + n, 0)
  if (total === 0) return null
  let left = total * q
  for (const [i, n] of buckets.entries()) {
    if (n > 0 && left <= n) {
      const low = LATENCY_BUCKETS_MS[i - 1] ?? 0
      const high = LATENCY_BUCKETS_MS[i] ?? LATENCY_BUCKETS_MS[LATENCY_BUCKETS_MS.length - 1]! * 2
      return low + ((high - low) * left) / n
    }
    left -= n
  }
  return null
}

export async function lastFiveMinutes(sql: ISql, project: number, route: string | null) {
  const [row] = await sql<{ all: number; failed: number; routeRequests: number; routeFailed: number }[]>`
    select coalesce(sum(requests), 0)::int as all, coalesce(sum(failed), 0)::int as failed,
      coalesce(sum(requests) filter (where route = ${route}), 0)::int as route_requests,
      coalesce(sum(failed) filter (where route = ${route}), 0)::int as route_failed
    from traffic where project = ${project} and environment = 'production' and minute > now() - interval '5 minutes'`
  return row ?? { all: 0, failed: 0, routeRequests: 0, routeFailed: 0 }
}

export async function readUntil(sql: ISql, project: number, kind: string): Promise<Date | null> {
  const [row] = await sql<{ lastSeenAt: Date | null }[]>`
    select last_seen_at from sources where project = ${project} and kind = ${kind}`
  return row?.lastSeenAt ?? null
}

export async function setReadUntil(sql: ISql, project: number, kind: string, at: Date): Promise<void> {
  await sql`insert into sources (project, kind, last_seen_at) values (${project}, ${kind}, ${at})
            on conflict (project, kind) do update set last_seen_at = excluded.last_seen_at`
}

/** Commits an environment served in the past, newest first, from their traffic; `since` leaves out what ended earlier. */
export async function commitsServed(
  sql: ISql,
  project: number,
  environment: Environment,
  since: Date | null = null,
): Promise<Sha[]> {
  const rows = await sql<{ sha: string }[]>`
    select sha from traffic where project = ${project} and environment = ${environment}
    group by sha having ${since}::timestamptz is null or max(minute) >= date_trunc('minute', ${since}::timestamptz)
    order by max(minute) desc limit 20`
  return rows.map((row) => row.sha)
}

/** What each route of an environment served in the last hour, on any commit. */
export async function lastHour(sql: ISql, project: number, environment: Environment): Promise<RouteLatency[]> {
  const rows = await sql<RouteLatency[]>`
    select route, requests, failed, latency from traffic
    where project = ${project} and environment = ${environment} and minute > now() - interval '1 hour'`
  const routes = new Map<string, RouteLatency>()
  for (const row of rows) {
    const sum = routes.get(row.route)
    if (!sum) routes.set(row.route, { ...row, latency: [...row.latency] })
    else {
      sum.requests += row.requests
      sum.failed += row.failed
      sum.latency = sum.latency.map((n, i) => n + (row.latency[i] ?? 0))
    }
  }
  return [...routes.values()]
}
