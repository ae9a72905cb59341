import type { ISql, JSONValue } from 'postgres'
import type { Summary, SummaryKind } from '../domain/summary.ts'

const columns = (sql: ISql) => sql`kind, period, since, until, zone, quiet, told, content`

/** Whoever comes second leaves it as it is. What stands. */
export async function keepSummary(sql: ISql, project: number, s: Summary): Promise<Summary> {
  await sql`
    insert into summaries (project, kind, period, since, until, zone, quiet, told, content)
    values (${project}, ${s.kind}, ${s.period}, ${s.since}, ${s.until}, ${s.zone}, ${s.quiet}, ${s.told},
      ${sql.json(s.content as unknown as JSONValue)})
    on conflict do nothing`
  const [row] = await sql<Summary[]>`
    select ${columns(sql)} from summaries where project = ${project} and kind = ${s.kind} and period = ${s.period}`
  return row!
}

/** The newest of each kind. */
export async function newestSummaries(sql: ISql, project: number): Promise<Partial<Record<SummaryKind, Summary>>> {
  const rows = await sql<Summary[]>`
    select distinct on (kind) ${columns(sql)} from summaries where project = ${project} order by kind, period desc`
  return Object.fromEntries(rows.map((row) => [row.kind, row]))
}

/** Newest first. */
export async function summariesOf(sql: ISql, project: number, limit = 20): Promise<Summary[]> {
  return sql<Summary[]>`
    select ${columns(sql)} from summaries where project = ${project} order by until desc, kind limit ${limit}`
}

/** Those that are to be told and are not in the inbox yet, oldest first: whoever made them was stopped in between. */
export async function untoldSummaries(sql: ISql, project: number): Promise<Summary[]> {
  return sql<Summary[]>`
    select ${columns(sql)} from summaries s
    where s.project = ${project} and s.told and s.until > now() - interval '24 hours'
      and not exists (select from notices n where n.project = s.project and n.key = s.kind || ':' || s.period)
    order by s.until, s.kind`
}

/** Until when the newest hand-over that was told speaks; null: there is none. */
export async function handedOverUntil(sql: ISql, project: number): Promise<Date | null> {
  const [row] = await sql<{ until: Date | null }[]>`
    select max(until) as until from summaries where project = ${project} and kind = 'hand-over' and told`
  return row?.until ?? null
}

/** When the project was registered. */
export async function begunAt(sql: ISql, project: number): Promise<Date> {
  const [row] = await sql<{ createdAt: Date }[]>`select created_at from projects where id = ${project}`
  return row!.createdAt
}
