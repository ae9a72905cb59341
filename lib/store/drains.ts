import type { ISql, Sql } from 'postgres'
import type { DrainCount, DrainedRequest } from '../domain/drain.ts'

/** Routes of one minute of a project that are counted by name; a scanner must not fill the disk. */
const MAX_ROUTES = 300
export const OTHER = 'other'
/** Days counts are kept: a cure is asked about again after 30. */
const KEPT_DAYS = 35

/** Counts requests that were not seen in the last hour, and answers how many that were. `count` sums them. */
export async function countRequests(
  sql: Sql,
  project: number,
  requests: DrainedRequest[],
  count: (fresh: DrainedRequest[]) => DrainCount[],
): Promise<number> {
  // In one order, so that two batches with the same requests wait for each other instead of forever.
  const keys = requests.map(({ key }) => key).sort()
  return sql.begin(async (tx) => {
    await tx`delete from drain_seen where project = ${project} and at < clock_timestamp() - interval '1 hour'`
    const seen = await tx<{ request: string }[]>`
      insert into drain_seen (project, request) select ${project}, key from unnest(${keys}::text[]) as key
      on conflict do nothing returning request`
    const fresh = new Set(seen.map(({ request }) => request))
    const rows = count(requests.filter(({ key }) => fresh.has(key)))
    for (const row of rows) await add(tx, project, row)
    await tx`delete from drain_counts where project = ${project} and minute < now() - make_interval(days => ${KEPT_DAYS})`
    return fresh.size
  })
}

async function add(tx: ISql, project: number, row: DrainCount): Promise<void> {
  const { deployment, minute, requests, failed, latency } = row
  const [known] = await tx<{ room: boolean }[]>`
    select count(*) < ${MAX_ROUTES} or bool_or(deployment = ${deployment} and route = ${row.route}) as room
    from drain_counts where project = ${project} and minute = ${minute}`
  const route = known?.room ? row.route : OTHER
  await tx`
    insert into drain_counts as c (project, deployment, route, minute, requests, failed, latency)
    values (${project}, ${deployment}, ${route}, ${minute}, ${requests}, ${failed}, ${latency})
    on conflict (project, minute, deployment, route) do update set
      requests = c.requests + excluded.requests, failed = c.failed + excluded.failed, updated_at = clock_timestamp(),
      latency = (select array_agg(coalesce(a, 0) + coalesce(b, 0) order by i)
                 from unnest(c.latency, excluded.latency) with ordinality as both_(a, b, i))`
}

/** Whole minutes from a time on, and earlier ones in which something was counted since: lines may come late. */
export async function drainCounts(sql: ISql, project: number, since: Date): Promise<DrainCount[]> {
  const rows = await sql<(Omit<DrainCount, 'minute'> & { minute: Date })[]>`
    select deployment, route, minute, requests, failed, latency from drain_counts
    where project = ${project} and (minute >= date_trunc('minute', ${since}::timestamptz) or minute in (
      select minute from drain_counts where project = ${project} and updated_at >= ${since}))
    order by minute, deployment, route`
  return rows.map((row) => ({ ...row, minute: row.minute.toISOString() }))
}
