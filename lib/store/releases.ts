import type { ISql, JSONValue } from 'postgres'
import type { Severity } from '../domain/issue.ts'
import type { Release, ReleaseFacts, ReleaseState } from '../domain/release.ts'
import type { Lease } from '../domain/work.ts'

export async function release(sql: ISql, id: number): Promise<Release | null> {
  const [row] = await sql<Release[]>`select * from releases where id = ${id}`
  return row ?? null
}

export async function releaseOfFix(sql: ISql, fix: string): Promise<Release | null> {
  const [row] = await sql<Release[]>`select * from releases where fix = ${fix}`
  return row ?? null
}

export async function releasesOf(sql: ISql, issue: number): Promise<Release[]> {
  return sql<Release[]>`select * from releases where issue = ${issue} order by id`
}

/** On their way to a target, or on their way back, with the severity of what each mends. */
export async function releasesUnderWay(sql: ISql, project: number): Promise<(Release & { severity: Severity })[]> {
  return sql<(Release & { severity: Severity })[]>`
    select r.*, i.severity from releases r join issues i on i.id = r.issue
    where r.project = ${project} and r.state in ('staging', 'soaking', 'promoting', 'watching', 'rolling-back') order by r.id`
}

/** The newest that have pull requests on the code host, oldest first. */
export async function releasesWithPulls(sql: ISql, project: number): Promise<Release[]> {
  return sql<Release[]>`
    select * from (select * from releases where project = ${project} and facts ? 'pulls' order by id desc limit 20) r order by id`
}

/** Null while another release of the project occupies staging. */
export async function startRelease(
  sql: ISql,
  r: { project: number; fix: string; issue: number },
): Promise<Release | null> {
  const [made] = await sql<Release[]>`
    insert into releases (project, fix, issue) values (${r.project}, ${r.fix}, ${r.issue})
    on conflict do nothing returning *`
  return made ?? releaseOfFix(sql, r.fix)
}

/** Compare-and-swap under the lease; false when it was lost or the state moved on. Throws `isOccupied`. */
export async function moveRelease(
  sql: ISql,
  lease: Lease,
  id: number,
  was: ReleaseState,
  becomes: ReleaseState,
  facts: ReleaseFacts,
): Promise<boolean> {
  const [row] = await sql<{ moved: boolean }[]>`
    select move_release(${id}, ${lease.subject}, ${lease.fence}, ${was}, ${becomes},
      ${sql.json(facts as unknown as JSONValue)}) as moved`
  return row?.moved ?? false
}

/** Another release of the project has its place there: the index that holds one a target said so. */
export const isOccupied = (error: unknown): boolean => (error as { code?: string }).code === '23505'

/** Production changed: what gave its place up may have been overtaken. */
export async function wakeParked(sql: ISql, project: number): Promise<void> {
  await sql`select wake_parked(${project})`
}
