import type { ISql } from 'postgres'
import type { ChannelName } from '../domain/notice.ts'

/** Where a message was put, or was about to be. */
export interface Sent {
  key: string
  /** The far side's name of the place: a Slack channel. */
  place: string
  /** The message it stands under; null: it stands alone, and others may stand under it. */
  thread: string | null
  /** The far side's name of the message; null while nobody knows whether it arrived. */
  ref: string | null
  /** When it was first called. */
  calledAt: Date
}

const columns = (sql: ISql) => sql`d.key, d.place, d.thread, d.ref, d.called_at`

/** Written down before the call, so that whoever finds it unanswered knows where to ask. A known message keeps its place. */
export async function intend(
  sql: ISql,
  project: number,
  channel: ChannelName,
  sent: Pick<Sent, 'key' | 'place' | 'thread'>,
): Promise<Sent> {
  await sql`
    insert into deliveries as d (project, channel, key, place, thread, called_at)
    values (${project}, ${channel}, ${sent.key}, ${sent.place}, ${sent.thread}, clock_timestamp())
    on conflict (project, channel, key) do update set place = excluded.place, thread = excluded.thread,
      called_at = coalesce(d.called_at, excluded.called_at)
    where d.ref is null`
  return (await sentUnder(sql, project, channel, sent.key))!
}

export async function sentUnder(sql: ISql, project: number, channel: ChannelName, key: string): Promise<Sent | null> {
  const [row] = await sql<Sent[]>`
    select ${columns(sql)} from deliveries d
    where d.project = ${project} and d.channel = ${channel} and d.key = ${key} and d.called_at is not null`
  return row ?? null
}

/** Null: it is not there after all. */
export async function remember(
  sql: ISql,
  project: number,
  channel: ChannelName,
  key: string,
  ref: string | null,
): Promise<void> {
  await sql`update deliveries set ref = ${ref} where project = ${project} and channel = ${channel} and key = ${key}`
}

/** The message an issue's later ones stand under; null where there is none at this place. */
export async function threadOf(
  sql: ISql,
  project: number,
  channel: ChannelName,
  issue: number,
  place: string,
): Promise<string | null> {
  const [row] = await sql<{ ref: string }[]>`
    select d.ref from deliveries d join notices n on n.project = d.project and n.key = d.key
    where d.project = ${project} and d.channel = ${channel} and d.place = ${place} and n.issue = ${issue}
      and d.thread is null and d.ref is not null
    order by d.called_at limit 1`
  return row?.ref ?? null
}

/** Messages that still ask for this fix, under any key but this one. */
export async function liveAsks(
  sql: ISql,
  project: number,
  channel: ChannelName,
  fix: string,
  but: string,
): Promise<Sent[]> {
  return sql<Sent[]>`
    select ${columns(sql)} from deliveries d join notices n on n.project = d.project and n.key = d.key
    where d.project = ${project} and d.channel = ${channel} and n.kind = 'approval-wanted' and n.about->>'fix' = ${fix}
      and d.key <> ${but} and d.called_at is not null and d.closed_at is null`
}

/** It asks for nothing any more. */
export async function closed(sql: ISql, project: number, channel: ChannelName, key: string): Promise<void> {
  await sql`update deliveries set closed_at = coalesce(closed_at, clock_timestamp())
            where project = ${project} and channel = ${channel} and key = ${key}`
}

/** How a delivery ended; `why`: what it was skipped for. */
export async function settleDelivery(
  sql: ISql,
  project: number,
  channel: ChannelName,
  key: string,
  state: 'delivered' | 'skipped',
  why: string | null = null,
): Promise<void> {
  await sql`
    insert into deliveries (project, channel, key, state, why) values (${project}, ${channel}, ${key}, ${state}, ${why})
    on conflict (project, channel, key) do update set state = excluded.state, why = excluded.why`
}

/**
 * Tried again after a while, each time a longer one, up to half an hour. With `inMs` it is after that, and counts as no try:
 * the far side said how long, or a call's end has to be waited for.
 */
export async function postponeDelivery(
  sql: ISql,
  project: number,
  channel: ChannelName,
  key: string,
  why: string,
  inMs: number | null,
): Promise<void> {
  const counts = inMs === null ? 1 : 0
  const later = sql`make_interval(secs => coalesce(${inMs}::float8, least(1800000, 1000 * power(2, least(d.tries, 20)))) / 1000)`
  await sql`
    insert into deliveries (project, channel, key) values (${project}, ${channel}, ${key}) on conflict do nothing`
  await sql`
    update deliveries d set tries = d.tries + ${counts}, why = ${why}, due_at = clock_timestamp() + ${later}
    where d.project = ${project} and d.channel = ${channel} and d.key = ${key}`
}

/** Milliseconds until the earliest delivery that waits, for any of these channels; null: none does. */
export async function nextDeliveryIn(sql: ISql, project: number, channels: ChannelName[]): Promise<number | null> {
  const [row] = await sql<{ inMs: number | null }[]>`
    select (extract(epoch from min(d.due_at) - clock_timestamp()) * 1000)::int as in_ms
    from deliveries d join notices n on n.project = d.project and n.key = d.key
    where d.project = ${project} and d.channel = any(${channels}) and d.state = 'waiting'
      and greatest(n.at, d.released_at) > now() - interval '24 hours'`
  const inMs = row?.inMs ?? null
  return inMs === null ? null : Math.max(0, inMs)
}
