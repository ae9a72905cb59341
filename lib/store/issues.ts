import type { ISql } from 'postgres'
import type { Earlier } from '../domain/evidence.ts'
import type { ClosedAs, Issue, Severity } from '../domain/issue.ts'
import type { Sha } from '../domain/tree.ts'

export async function issue(sql: ISql, id: number): Promise<Issue | null> {
  const [row] = await sql<Issue[]>`select * from issues where id = ${id}`
  return row ?? null
}

export async function issuesOf(sql: ISql, project: number, limit = 100): Promise<Issue[]> {
  return sql<
    Issue[]
  >`select * from issues where project = ${project} order by state desc, last_seen desc limit ${limit}`
}

/** Open ones first, each kind by when it was seen last; `besides` counts whatever became of it. */
export async function issuesSince(
  sql: ISql,
  project: number,
  since: Date,
  besides: number[],
  limit: number,
): Promise<Issue[]> {
  return sql<Issue[]>`
    select i.* from issues i where i.project = ${project}
      and (i.state = 'open' or i.closed_at >= ${since} or i.id = any(${besides})
        or exists (select from releases r where r.issue = i.id and (r.state not in ('cured', 'rolled-back')
          or (r.facts->'entered'->>r.state)::timestamptz >= ${since})))
    order by i.state desc, i.last_seen desc limit ${limit}`
}

/** Issues somebody works on that were opened within a day and that nobody was told of, oldest first. */
export async function untoldIssues(sql: ISql, project: number): Promise<Issue[]> {
  return sql<Issue[]>`
    select i.* from issues i
    where i.project = ${project} and i.state = 'open' and i.severity <> 'P4' and i.first_seen > now() - interval '24 hours'
      and exists (select from work w where w.subject = 'issue:' || i.id)
      and not exists (select from notices n where n.project = i.project and n.issue = i.id)
    order by i.id limit 100`
}

export async function countOpen(sql: ISql, project: number): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from issues where project = ${project} and state = 'open'`
  return row?.n ?? 0
}

/** Open P4, most often counted first, how many there are, and how many were closed since. */
export async function findingsOf(
  sql: ISql,
  project: number,
  since: Date,
  limit = 100,
): Promise<{ open: Issue[]; more: number; gone: number }> {
  const open = await sql<Issue[]>`
    select * from issues where project = ${project} and state = 'open' and severity = 'P4' order by seen desc, id limit ${limit}`
  const [row] = await sql<{ open: number; gone: number }[]>`
    select count(*) filter (where state = 'open')::int as open,
      count(*) filter (where state = 'closed' and closed_at > ${since})::int as gone
    from issues where project = ${project} and severity = 'P4'`
  return { open, more: Math.max(0, (row?.open ?? 0) - open.length), gone: row?.gone ?? 0 }
}

export async function openIssue(sql: ISql, project: number, fingerprint: string): Promise<Issue | null> {
  const [row] = await sql<Issue[]>`
    select * from issues where project = ${project} and fingerprint = ${fingerprint} and state = 'open'`
  return row ?? null
}

export interface Sighting {
  project: number
  fingerprint: string
  title: string
  route: string | null
  sha: Sha | null
  severity: Severity
  severityWhy: string
  users: number | null
  seen: number
  at: Date
}

/** Opens the issue or refreshes it; `opened` is true for exactly one caller. */
export async function sight(sql: ISql, s: Sighting): Promise<{ issue: Issue; opened: boolean }> {
  // Looked for first: an insert that conflicts still uses up a number, and people read these numbers.
  const [kept] = await sql<Issue[]>`
    update issues set severity = ${s.severity}, severity_why = ${s.severityWhy}, users = ${s.users}, seen = ${s.seen},
      last_seen = greatest(last_seen, ${s.at}), route = coalesce(route, ${s.route})
    where project = ${s.project} and fingerprint = ${s.fingerprint} and state = 'open' returning *`
  if (kept) return { issue: kept, opened: false }
  const [made] = await sql<Issue[]>`
    insert into issues (project, fingerprint, title, route, severity, severity_why, users, seen, sha, first_seen, last_seen)
    values (${s.project}, ${s.fingerprint}, ${s.title}, ${s.route}, ${s.severity}, ${s.severityWhy}, ${s.users}, ${s.seen},
            ${s.sha}, ${s.at}, ${s.at})
    on conflict (project, fingerprint) where state = 'open' do nothing returning *`
  return made ? { issue: made, opened: true } : sight(sql, s)
}

export async function closeIssue(sql: ISql, id: number, as: ClosedAs): Promise<void> {
  await sql`update issues set state = 'closed', closed_as = ${as}, closed_at = now() where id = ${id} and state = 'open'`
}

/** The commit on the production branch that cured this fingerprint last, if it was ever cured. */
export async function cureOfFingerprint(sql: ISql, project: number, fingerprint: string): Promise<Sha | null> {
  const [row] = await sql<{ sha: string | null }[]>`
    select r.facts->>'mainSha' as sha from issues i join releases r on r.issue = i.id
    where i.project = ${project} and i.fingerprint = ${fingerprint} and i.state = 'closed' and i.closed_as = 'cured'
      and r.state in ('cured', 'unexposed')
    order by r.id desc limit 1`
  return row?.sha ?? null
}

/** Issues that came with a commit and went with it; the issue it was to cure is another matter. */
export async function archiveSeenOn(sql: ISql, project: number, sha: Sha, besides: number): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    update issues set state = 'closed', closed_as = 'archived', closed_at = now()
    where project = ${project} and sha = ${sha} and id <> ${besides} and state = 'open' returning id`
  return rows.map((row) => row.id)
}

/** The release of ours that brought a commit to production and has not turned out well yet, or never did. */
export async function releaseOfCommit(sql: ISql, project: number, sha: Sha): Promise<number | null> {
  const [row] = await sql<{ id: number }[]>`
    select id from releases where project = ${project} and facts->>'mainSha' = ${sha} and state not in ('cured', 'unexposed') limit 1`
  return row?.id ?? null
}

/** Issues of the same fingerprint that were closed before this one was opened, newest first. */
export async function earlierOf(sql: ISql, { id, project, fingerprint }: Issue): Promise<Earlier[]> {
  return sql<Earlier[]>`
    select id, closed_as, closed_at from issues
    where project = ${project} and fingerprint = ${fingerprint} and id < ${id} and state = 'closed' order by id desc limit 10`
}
