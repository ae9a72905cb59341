import type { ISql, JSONValue } from 'postgres'
import type { ModelTask, Spend, Usage } from '../domain/model.ts'

export type ReserveAnswer =
  | { answer: 'yes'; id: number }
  | { answer: 'no'; reason: 'paused' }
  | { answer: 'no'; reason: 'issue' | 'day' | 'month'; cap: number; spent: number }

export interface Asking {
  project: number
  issue: number | null
  task: ModelTask
  model: string
  /** US dollars, the call's upper bound. */
  usd: number
}

/** Commits before it returns: a worker killed in the call leaves its price behind. */
export async function reserveSpend(sql: ISql, { project, issue, task, model, usd }: Asking): Promise<ReserveAnswer> {
  const [row] = await sql<ReserveAnswer[]>`
    select answer, reason, id, cap::float8, spent::float8
    from reserve_spend(${project}, ${issue}, ${task}, ${model}, ${usd}::float8::numeric)`
  if (!row) throw new Error('reserve_spend answered nothing')
  return row
}

/** What the call stands at afterwards, in US dollars; `usd` null: what was put aside. */
export async function settleSpend(sql: ISql, id: number, usd: number | null, usage: Usage | null): Promise<number> {
  const used = usage === null ? null : sql.json(usage as unknown as JSONValue)
  const [row] = await sql<{ stands: number | null }[]>`
    select settle_spend(${id}, ${usd}::float8::numeric, ${used}::jsonb)::float8 as stands`
  if (row?.stands == null) throw new Error(`no reservation ${id}`)
  return row.stands
}

/** What an issue's models cost until now, calls under way at their upper bound. */
export async function spentOnIssue(sql: ISql, issue: number): Promise<Spend> {
  const [row] = await sql<(Usage & { usd: number; calls: number })[]>`
    select count(*)::int as calls, coalesce(sum(coalesce(usd, reserved)), 0)::float8 as usd,
      coalesce(sum((usage->>'input')::bigint), 0)::float8 as input,
      coalesce(sum((usage->>'cacheWrite')::bigint), 0)::float8 as cache_write,
      coalesce(sum((usage->>'cacheRead')::bigint), 0)::float8 as cache_read,
      coalesce(sum((usage->>'output')::bigint), 0)::float8 as output
    from spend where issue = ${issue}`
  const { usd, calls, ...usage } = row!
  return { usd, calls, usage }
}

/** Every call of a project since then, oldest first: what the report adds up. */
export async function spentSince(sql: ISql, project: number, since: Date): Promise<{ at: Date; usd: number }[]> {
  return sql<{ at: Date; usd: number }[]>`
    select at, coalesce(usd, reserved)::float8 as usd from spend where project = ${project} and at >= ${since} order by id`
}
