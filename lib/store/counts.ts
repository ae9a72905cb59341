import type { ISql } from 'postgres'
import type { Environment, ErrorEvent } from '../domain/event.ts'
import type { Sha } from '../domain/tree.ts'

/** Numerators: every parsed event counts here, whether its body is kept or not. */
export async function countEvent(sql: ISql, project: number, event: ErrorEvent): Promise<void> {
  await sql`
    insert into counts (project, fingerprint, environment, sha, minute, n, anonymous)
    values (${project}, ${event.fingerprint}, ${event.environment}, ${event.sha ?? ''},
            date_trunc('minute', ${event.at}::timestamptz), 1, ${event.user ? 0 : 1})
    on conflict (project, fingerprint, environment, sha, minute)
    do update set n = counts.n + 1, anonymous = counts.anonymous + excluded.anonymous`
  if (event.user)
    await sql`insert into affected (project, fingerprint, person) values (${project}, ${event.fingerprint}, ${event.user})
              on conflict do nothing`
}

/** In production: what staging shows is counted, and is no news of the issue. */
export interface Seen {
  n: number
  anonymous: number
  people: number
  /** The minute of the last one: of a flood not every event is kept. */
  last: Date | null
}

export async function seenOf(sql: ISql, project: number, fingerprint: string): Promise<Seen> {
  const [row] = await sql<Seen[]>`
    select coalesce(sum(n), 0)::int as n, coalesce(sum(anonymous), 0)::int as anonymous, max(minute) as last,
      (select count(*)::int from affected a where a.project = ${project} and a.fingerprint = ${fingerprint}) as people
    from counts where project = ${project} and fingerprint = ${fingerprint} and environment = 'production'`
  return row ?? { n: 0, anonymous: 0, people: 0, last: null }
}

/** Events of a fingerprint on given commits of an environment. */
export async function seenOn(sql: ISql, project: number, fingerprint: string, environment: Environment, shas: Sha[]) {
  const [row] = await sql<{ n: number }[]>`
    select coalesce(sum(n), 0)::int as n from counts
    where project = ${project} and fingerprint = ${fingerprint} and environment = ${environment} and sha = any(${shas})`
  return row?.n ?? 0
}

/** Fingerprints first seen with this commit: how many events of each, most first. */
export async function newWith(sql: ISql, project: number, environment: Environment, sha: Sha): Promise<number[]> {
  const rows = await sql<{ n: number }[]>`
    select sum(c.n)::int as n from counts c
    where c.project = ${project} and c.environment = ${environment} and c.sha = ${sha}
      and not exists (select from counts o where o.project = c.project and o.fingerprint = c.fingerprint
                        and o.sha <> ${sha} and o.minute <= c.minute)
    group by c.fingerprint order by 1 desc`
  return rows.map((row) => row.n)
}

/** Errors in production since, of issues that were cured before each of them and are not open again. */
export async function echoesSince(sql: ISql, project: number, since: Date): Promise<Map<number, number>> {
  const rows = await sql<{ issue: number; n: number }[]>`
    select i.id as issue, sum(c.n)::int as n from issues i
    join counts c on c.project = i.project and c.fingerprint = i.fingerprint and c.environment = 'production'
      and c.minute >= greatest(i.closed_at, ${since}::timestamptz)
    where i.project = ${project} and i.closed_as = 'cured'
      and i.id = (select max(o.id) from issues o where o.project = i.project and o.fingerprint = i.fingerprint)
    group by i.id`
  return new Map(rows.map(({ issue, n }) => [issue, n]))
}
