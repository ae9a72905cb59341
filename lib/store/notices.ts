import type { ISql, JSONValue } from 'postgres'
import { aboutOf, type ChannelName, issueOf, type Notice } from '../domain/notice.ts'

interface Row {
  key: string
  title: string
  body: string
  link: string
  about: object
}

const noticeOf = ({ about, ...words }: Row): Notice => ({ ...about, ...words }) as Notice

const datedOf = ({ at, ...row }: Row & { at: Date }) => ({ ...noticeOf(row), at })

const columns = (sql: ISql) => sql`n.key, n.title, n.body, n.link, n.about`

export async function insertNotice(sql: ISql, project: number, n: Notice): Promise<void> {
  const about = sql.json(aboutOf(n) as unknown as JSONValue)
  await sql`insert into notices (project, key, title, body, link, kind, issue, about)
            values (${project}, ${n.key}, ${n.title}, ${n.body}, ${n.link}, ${n.kind}, ${issueOf(n)}, ${about})
            on conflict do nothing`
}

export async function noticeArrived(sql: ISql, project: number, key: string): Promise<boolean> {
  const rows = await sql`select 1 from notices where project = ${project} and key = ${key}`
  return rows.length > 0
}

export async function noticesOf(sql: ISql, project: number, limit = 20): Promise<(Notice & { at: Date })[]> {
  const rows = await sql<(Row & { at: Date })[]>`
    select ${columns(sql)}, n.at from notices n where n.project = ${project} order by n.at desc limit ${limit}`
  return rows.map(datedOf)
}

/** Older ones are history: whoever turns a channel on is told from then on, and what nobody could be told for a day is old. */
const DELIVERED_FOR_HOURS = 24

/**
 * The oldest notice this channel has not delivered and may be tried now. Those of one issue go out in their order, so that
 * the first one is its thread and an answer comes after what it answers.
 */
export async function nextFor(
  sql: ISql,
  project: number,
  channel: ChannelName,
): Promise<(Notice & { at: Date }) | null> {
  const [row] = await sql<(Row & { at: Date })[]>`
    select ${columns(sql)}, n.at from notices n
    left join deliveries d on d.project = n.project and d.key = n.key and d.channel = ${channel}
    where n.project = ${project} and greatest(n.at, d.released_at) > now() - make_interval(hours => ${DELIVERED_FOR_HOURS})
      and (d.key is null or d.state = 'waiting' and d.due_at <= clock_timestamp())
      and not exists (
        select from notices e join deliveries w on w.project = e.project and w.key = e.key and w.channel = ${channel}
        where e.project = n.project and e.issue = n.issue and e.at < n.at and w.state = 'waiting'
          and greatest(e.at, w.released_at) > now() - make_interval(hours => ${DELIVERED_FOR_HOURS}))
    order by n.at, n.key limit 1`
  return row ? datedOf(row) : null
}

/** Approvals that were asked for and not said to be answered yet, oldest first. */
export async function openAsks(sql: ISql, project: number): Promise<Extract<Notice, { kind: 'approval-wanted' }>[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from notices n
    where n.project = ${project} and n.kind = 'approval-wanted'
      and not exists (select from notices a where a.project = n.project and a.kind = 'answered' and a.about->>'of' = n.key)
    order by n.at, n.key limit 200`
  return rows.map(noticeOf) as Extract<Notice, { kind: 'approval-wanted' }>[]
}

/** Everything that was asked under this key and the ones that follow it, oldest first. */
export async function asksUnder(
  sql: ISql,
  project: number,
  base: string,
): Promise<{ key: string; answered: boolean }[]> {
  return sql<{ key: string; answered: boolean }[]>`
    select n.key, exists (select from notices a where a.project = n.project and a.kind = 'answered' and a.about->>'of' = n.key) as answered
    from notices n
    where n.project = ${project} and n.kind = 'approval-wanted' and (n.key = ${base} or starts_with(n.key, ${`${base}:again:`}))
    order by n.at, n.key`
}

export async function noticeUnder(sql: ISql, project: number, key: string): Promise<Notice | null> {
  const [row] = await sql<Row[]>`select ${columns(sql)} from notices n where n.project = ${project} and n.key = ${key}`
  return row ? noticeOf(row) : null
}

/** Issues that people were told of as needing one within the last day, each with what was said first. */
export async function escalatedIssues(
  sql: ISql,
  project: number,
): Promise<{ issue: number; severity: string; body: string }[]> {
  return sql<{ issue: number; severity: string; body: string }[]>`
    select distinct on (n.issue) n.issue, i.severity, n.body from notices n join issues i on i.id = n.issue
    where n.project = ${project} and n.kind = 'escalated' and n.key ~ '^issue:[0-9]+:needs-person(:|$)'
      and n.at > now() - interval '1 day'
    order by n.issue, n.at`
}
