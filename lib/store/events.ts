import type { ISql, JSONValue } from 'postgres'
import type { ErrorEvent } from '../domain/event.ts'

export interface StoredEvent {
  id: number
  project: number
  /** Who told it: `sentry`, also for what SDKs send here themselves. */
  source: string
  externalId: string
  receivedAt: Date
  body: unknown
  tries: number
  /** What the source that told it calls its issue. */
  sourceIssue: string | null
}

/** Stores one redacted event; false when it was stored before, kept or not. `at`: when its source received it; now. */
export async function insertEvent(
  sql: ISql,
  project: number,
  source: string,
  externalId: string,
  body: JSONValue,
  at: Date | null = null,
) {
  const rows = await sql`
    insert into events (project, source, external_id, body, received_at)
    select ${project}, ${source}, ${externalId}, ${sql.json(body)}, coalesce(${at}::timestamptz, now())
    where not exists (select from dropped_events d
                      where d.project = ${project} and d.source = ${source} and d.external_id = ${externalId})
    on conflict do nothing returning id`
  return rows.length === 1
}

export async function receivedSince(sql: ISql, project: number, seconds: number): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from events where project = ${project} and received_at > now() - make_interval(secs => ${seconds})`
  return row?.n ?? 0
}

/** Oldest first; `tries` is raised at once, so that an event that kills its reader is found out. */
export async function takeUnparsed(sql: ISql, project: number, limit: number): Promise<StoredEvent[]> {
  return sql<StoredEvent[]>`
    with next as (select id from events where project = ${project} and parsed_at is null and quarantined is null
                  order by id limit ${limit} for update skip locked)
    update events e set tries = e.tries + 1 from next where e.id = next.id
    returning e.id, e.project, e.source, e.external_id, e.received_at, e.body, e.tries, e.source_issue`
}

/** Events that arrived by then and are still unread: a steady stream always has some that came just now. */
export async function unparsed(sql: ISql, project: number, by: Date): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from events
    where project = ${project} and parsed_at is null and quarantined is null and received_at <= ${by}`
  return row?.n ?? 0
}

export async function quarantine(sql: ISql, id: number, why: string): Promise<void> {
  await sql`update events set quarantined = ${why}, parsed_at = now() where id = ${id} and parsed_at is null`
}

/** `belongs`: the fingerprint of what another source told of the same request; then it has none of its own here. */
export async function markParsed(
  sql: ISql,
  id: number,
  event: ErrorEvent,
  trace: string | null = null,
  belongs: string | null = null,
): Promise<boolean> {
  const rows = await sql`
    update events set parsed_at = now(), fingerprint = ${belongs === null ? event.fingerprint : null},
      environment = ${event.environment}, sha = ${event.sha}, route = ${event.route}, trace = ${trace}, belongs = ${belongs}
    where id = ${id} and parsed_at is null returning id`
  return rows.length === 1
}

/** What an SDK told within an hour of the same trace: its fingerprint, the newest one's. */
export async function fingerprintOfTrace(sql: ISql, project: number, trace: string, at: Date): Promise<string | null> {
  const [row] = await sql<{ fingerprint: string }[]>`
    select fingerprint from events
    where project = ${project} and trace = ${trace} and source = 'sentry' and fingerprint is not null
      and received_at between ${at}::timestamptz - interval '1 hour' and ${at}::timestamptz + interval '1 hour'
    order by received_at desc limit 1`
  return row?.fingerprint ?? null
}

/** What other sources told of the requests that failed with this fingerprint, newest first. */
export async function belongingTo(
  sql: ISql,
  project: number,
  fingerprint: string,
  limit: number,
): Promise<StoredEvent[]> {
  return sql<StoredEvent[]>`
    select id, project, source, external_id, received_at, body, tries, source_issue from events
    where project = ${project} and belongs = ${fingerprint} order by received_at desc limit ${limit}`
}

/** How many bodies of this fingerprint are kept from the hour before a moment, and the one after where it is long past. */
export async function keptAround(sql: ISql, project: number, fingerprint: string, at: Date): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from events
    where project = ${project} and fingerprint = ${fingerprint}
      and received_at > ${at}::timestamptz - interval '1 hour' and received_at < ${at}::timestamptz + interval '1 hour'`
  return row?.n ?? 0
}

/** Keeps the id alone, where a source may tell the event again. */
export async function dropBody(sql: ISql, id: number): Promise<void> {
  await sql`
    with gone as (delete from events where id = ${id} returning project, source, external_id)
    insert into dropped_events (project, source, external_id)
    select project, source, external_id from gone g where exists (select from source_cursors c where c.project = g.project)
    on conflict do nothing`
}

export async function newestOf(sql: ISql, project: number, fingerprint: string, limit: number): Promise<StoredEvent[]> {
  return sql<StoredEvent[]>`
    select id, project, source, external_id, received_at, body, tries, source_issue from events
    where project = ${project} and fingerprint = ${fingerprint} order by received_at desc limit ${limit}`
}

/** The bodies that are still kept of these events, by the ids their senders gave them, in no order. */
export async function eventsCalled(sql: ISql, project: number, ids: string[]): Promise<StoredEvent[]> {
  return sql<StoredEvent[]>`
    select id, project, source, external_id, received_at, body, tries, source_issue from events
    where project = ${project} and external_id = any(${ids}) order by received_at`
}

/** 14 days: long enough for a fortnight's holiday, short enough to keep little of other people's data. */
export async function dropOld(sql: ISql, days = 14): Promise<number> {
  await sql`delete from dropped_events where (project, source, external_id) in
    (select project, source, external_id from dropped_events where at < now() - make_interval(days => ${days}) limit 5000)`
  const rows = await sql`
    delete from events where id in (select id from events where received_at < now() - make_interval(days => ${days}) limit 5000)
    returning id`
  return rows.length
}
