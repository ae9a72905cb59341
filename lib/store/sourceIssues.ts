import type { ISql } from 'postgres'
import type { SourceKind } from '../domain/source.ts'

/** What a source calls the issue of an event that is here, whoever told of it first; where it was read, its fingerprint's too. */
export async function nameIssue(sql: ISql, project: number, kind: SourceKind, event: string, issue: string) {
  await sql`
    with named as (
      update events set source_issue = ${issue}
      where project = ${project} and source = ${kind} and external_id = ${event} and source_issue is null
      returning fingerprint)
    insert into source_issues (project, kind, fingerprint, external_id)
    select ${project}, ${kind}, fingerprint, ${issue} from named where fingerprint is not null on conflict do nothing`
}

export async function linkIssue(sql: ISql, project: number, kind: SourceKind, fingerprint: string, issue: string) {
  await sql`
    insert into source_issues (project, kind, fingerprint, external_id)
    values (${project}, ${kind}, ${fingerprint}, ${issue}) on conflict do nothing`
}

/** What a source calls what is one issue here: its own grouping may make several of it. The first ones. */
export async function issuesThere(sql: ISql, project: number, kind: SourceKind, fingerprint: string, limit = 5) {
  const rows = await sql<{ externalId: string }[]>`
    select external_id from source_issues
    where project = ${project} and kind = ${kind} and fingerprint = ${fingerprint}
    order by length(external_id), external_id limit ${limit}`
  return rows.map(({ externalId }) => externalId)
}
