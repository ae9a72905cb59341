import type { ISql } from 'postgres'
import type { SourceKind, SourceReading } from '../domain/source.ts'

const columns = (sql: ISql) => sql`kind, cursor, read_until, lag_ms, state, why, more, fails, polled_at, due_at`

export async function sourcesOf(sql: ISql, project: number): Promise<SourceReading[]> {
  return sql<SourceReading[]>`select ${columns(sql)} from source_cursors where project = ${project} order by kind`
}

/** Makes the row of a source that was never asked; `due`: by the database's clock it is to be asked now. */
export async function sourceAt(
  sql: ISql,
  project: number,
  kind: SourceKind,
): Promise<SourceReading & { due: boolean }> {
  await sql`insert into source_cursors (project, kind) values (${project}, ${kind}) on conflict do nothing`
  const [row] = await sql<(SourceReading & { due: boolean })[]>`
    select ${columns(sql)}, due_at <= now() as due from source_cursors where project = ${project} and kind = ${kind}`
  return row!
}

/** What a poll came to. Only from the cursor it began at: one that was overtaken by another moves nothing. */
export async function moveSource(
  sql: ISql,
  project: number,
  from: string | null,
  to: Pick<SourceReading, 'kind' | 'cursor' | 'readUntil' | 'lagMs' | 'state' | 'why' | 'more' | 'fails'> & {
    inMs: number
  },
): Promise<boolean> {
  const rows = await sql`
    update source_cursors set cursor = ${to.cursor}, read_until = greatest(read_until, ${to.readUntil}::timestamptz),
      lag_ms = coalesce(${to.lagMs}::int, lag_ms), state = ${to.state}, why = ${to.why}, more = ${to.more},
      fails = ${to.fails}, polled_at = now(), due_at = now() + make_interval(secs => ${to.inMs / 1000})
    where project = ${project} and kind = ${to.kind} and cursor is not distinct from ${from} returning kind`
  return rows.length === 1
}

/** Asked at the next look, a few seconds after the last; unless it said until when it wants no calls. */
export async function hurrySource(sql: ISql, project: number, kind: SourceKind): Promise<void> {
  await sql`
    update source_cursors set due_at = least(due_at, greatest(now(), polled_at + interval '3 seconds'))
    where project = ${project} and kind = ${kind} and state <> 'limited'`
}

/**
 * The ones of a project that have not told yet what they had received by then. One that nobody has asked for ten minutes
 * although it was due is no source any more.
 */
export async function behind(sql: ISql, project: number, by: Date): Promise<SourceReading[]> {
  return sql<SourceReading[]>`
    select ${columns(sql)} from source_cursors
    where project = ${project} and (read_until is null or read_until < ${by}) and due_at > now() - interval '10 minutes'
    order by kind`
}

/** Projects whose settings name this project of Sentry's; null: any of Sentry's. */
export async function projectsInSentry(sql: ISql, slug: string | null): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select id from projects where settings->'sentry'->>'project' is not null
      and (${slug}::text is null or settings->'sentry'->>'project' = ${slug}) order by id`
  return rows.map(({ id }) => id)
}
