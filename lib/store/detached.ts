import type { ISql } from 'postgres'
import type { Lease } from '../domain/work.ts'

/** What names something a step began. */
export interface DetachedKey {
  kind: 'run' | 'answer'
  key: string
  turn: number
}

export interface DetachedRow {
  startedAt: Date | null
  beganMsAgo: number
  result: Buffer | null
}

type Of = Pick<Lease, 'subject' | 'fence'>

const where = (sql: ISql, { subject }: Of, { kind, key, turn }: DetachedKey) =>
  sql`subject = ${subject} and kind = ${kind} and key = ${key} and turn = ${turn}`

/** Only whoever holds the lease: a worker that was overtaken would take away what its successor waits for. */
const holds = (sql: ISql, { subject, fence }: Of) =>
  sql`exists (select from work w where w.subject = ${subject} and w.fence = ${fence})`

/** The row of it, made where there is none; null: the lease is somebody else's by now. */
export async function detachedAt(sql: ISql, lease: Of, what: DetachedKey): Promise<DetachedRow | null> {
  const { kind, key, turn } = what
  await sql`
    insert into detached (subject, kind, key, turn) select ${lease.subject}::text, ${kind}::text, ${key}::text, ${turn}::int
    where ${holds(sql, lease)} on conflict do nothing`
  const [row] = await sql<DetachedRow[]>`
    select started_at, (extract(epoch from clock_timestamp() - begun_at) * 1000)::bigint as began_ms_ago, result
    from detached where ${where(sql, lease, what)} and ${holds(sql, lease)}`
  return row ?? null
}

export async function detachedStarted(sql: ISql, lease: Of, what: DetachedKey): Promise<void> {
  await sql`update detached set started_at = coalesce(started_at, clock_timestamp()) where ${where(sql, lease, what)}`
}

/** The first end it was seen to have stands. */
export async function detachedEnded(sql: ISql, lease: Of, what: DetachedKey, result: Buffer): Promise<void> {
  await sql`update detached set result = coalesce(result, ${result}) where ${where(sql, lease, what)}`
}

/** Runs of a step that somebody may still have to put away. */
export async function detachedRuns(sql: ISql, lease: Of): Promise<DetachedKey[]> {
  return sql<DetachedKey[]>`
    select kind, key, turn from detached where subject = ${lease.subject} and kind = 'run' and ${holds(sql, lease)}`
}

export async function forgetDetached(sql: ISql, lease: Of): Promise<void> {
  await sql`delete from detached where subject = ${lease.subject} and ${holds(sql, lease)}`
}
