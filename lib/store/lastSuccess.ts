import type { ISql } from 'postgres'
import type { ChannelName } from '../domain/notice.ts'

/** When a part of a project last did what it is for, from the rows it left; null: never. */
export interface LastSuccess {
  event: Date | null
  pushed: Date | null
  deployed: Date | null
  drained: Date | null
  answered: Date | null
}

export async function lastSuccess(sql: ISql, project: number): Promise<LastSuccess> {
  const [row] = await sql<LastSuccess[]>`
    select
      (select max(minute) from counts where project = ${project}) as event,
      (select max(at) from effects where project = ${project} and state = 'confirmed' and kind in ('push', 'merge')) as pushed,
      (select max(at) from effects where project = ${project} and state = 'confirmed'
        and kind in ('deploy', 'promote', 'rollback')) as deployed,
      (select max(updated_at) from drain_counts where project = ${project}) as drained,
      (select max(settled_at) from spend where project = ${project} and usage is not null) as answered`
  return row!
}

export interface Delivered {
  channel: ChannelName
  at: Date | null
  /** What waits although it was tried, and why. */
  waiting: number
  why: string | null
}

export async function lastDelivered(sql: ISql, project: number): Promise<Delivered[]> {
  return sql<Delivered[]>`
    select channel, max(called_at) filter (where state = 'delivered') as at,
      (count(*) filter (where state = 'waiting' and why is not null))::int as waiting,
      (array_agg(why order by due_at desc) filter (where state = 'waiting' and why is not null))[1] as why
    from deliveries where project = ${project} group by channel order by channel`
}

export interface DatabaseHealth {
  /** The database's clock. */
  now: Date
  people: number
  owners: number
}

export async function databaseHealth(sql: ISql): Promise<DatabaseHealth> {
  const [row] = await sql<DatabaseHealth[]>`
    select clock_timestamp() as now, count(*)::int as people, (count(*) filter (where role = 'owner'))::int as owners from people`
  return row!
}
