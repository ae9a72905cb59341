import type { ISql } from 'postgres'
import type { Severity } from '../domain/issue.ts'
import type { ChannelName, Notice } from '../domain/notice.ts'
import { noticeUnder } from './notices.ts'

/** Put off until later, for a reason that is no trouble: nothing that comes after it waits for it. */
export async function holdDelivery(
  sql: ISql,
  project: number,
  channel: ChannelName,
  key: string,
  until: Date,
  why: string,
): Promise<void> {
  await sql`
    insert into deliveries (project, channel, key, state, due_at, why)
    values (${project}, ${channel}, ${key}, 'held', ${until}, ${why})
    on conflict (project, channel, key) do update set state = 'held', due_at = excluded.due_at, why = excluded.why`
}

/** It is due, and a day begins in which it is tried. */
export async function releaseDelivery(sql: ISql, project: number, channel: ChannelName, key: string): Promise<void> {
  await sql`
    update deliveries set state = 'waiting', due_at = clock_timestamp(), released_at = clock_timestamp(), why = null
    where project = ${project} and channel = ${channel} and key = ${key} and state = 'held'`
}

/** What is held back on a channel, oldest first. */
export async function heldOn(
  sql: ISql,
  project: number,
  channel: ChannelName,
): Promise<{ notice: Notice; at: Date; until: Date }[]> {
  const rows = await sql<{ key: string; at: Date; dueAt: Date }[]>`
    select d.key, n.at, d.due_at from deliveries d join notices n on n.project = d.project and n.key = d.key
    where d.project = ${project} and d.channel = ${channel} and d.state = 'held' order by n.at, n.key limit 500`
  const all = rows.map(async ({ key, at, dueAt }) => {
    const notice = await noticeUnder(sql, project, key)
    return notice ? [{ notice, at, until: dueAt }] : []
  })
  return (await Promise.all(all)).flat()
}

/** How grave an issue is now; null: there is none. */
export async function severityNow(sql: ISql, issue: number | null): Promise<Severity | null> {
  if (issue === null) return null
  const [row] = await sql<{ severity: Severity }[]>`select severity from issues where id = ${issue}`
  return row?.severity ?? null
}

/** Whether the issue came to an end, or a person decided something about it, after that moment. */
export async function dealtWithSince(sql: ISql, project: number, issue: number, at: Date): Promise<boolean> {
  const rows = await sql`
    select 1 from issues where id = ${issue} and state = 'closed' and closed_at >= ${at}
    union all
    select 1 from audit where project = ${project} and what like 'control.%' and body->>'issue' = ${String(issue)} and at > ${at}
    limit 1`
  return rows.length > 0
}
