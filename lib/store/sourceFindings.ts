import type { ISql } from 'postgres'
import type { SourceKind } from '../domain/source.ts'

/** Notes what a source finds now; true for what it did not find before, or not until just now. */
export async function noteFinding(sql: ISql, project: number, kind: SourceKind, key: string): Promise<boolean> {
  const rows = await sql`
    insert into source_findings as f (project, kind, key) values (${project}, ${kind}, ${key})
    on conflict (project, kind, key) do update set gone_at = null where f.gone_at is not null
    returning key`
  return rows.length === 1
}

/** Notes that everything but these has gone; the keys of what went just now. */
export async function noteGone(sql: ISql, project: number, kind: SourceKind, present: string[]): Promise<string[]> {
  const rows = await sql<{ key: string }[]>`
    update source_findings set gone_at = now()
    where project = ${project} and kind = ${kind} and gone_at is null and key <> all(${present}) returning key`
  return rows.map(({ key }) => key)
}
