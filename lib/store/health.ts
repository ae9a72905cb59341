import type { ISql } from 'postgres'
import type { Facts as ReadyFacts } from '../domain/ready.ts'
import type { Agent } from '../domain/work.ts'

/** What is known of an installation's health from its tables. */
type Facts = Omit<ReadyFacts, 'migrations'> & { applied: string[] }

export async function recordTick(
  sql: ISql,
  agent: Agent,
  { steps, troubles }: { steps: number; troubles: string[] },
): Promise<void> {
  await sql`
    insert into agent_ticks (agent, steps, troubles) values (${agent}, ${steps}, ${troubles.length})
    on conflict (agent) do update set at = clock_timestamp(), steps = excluded.steps, troubles = excluded.troubles`
}

export async function recordPart(sql: ISql, part: string, why: string | null): Promise<void> {
  await sql`
    insert into part_checks (part, ok, why) values (${part}, ${why === null}, ${why?.slice(0, 500) ?? null})
    on conflict (part) do update set at = clock_timestamp(), ok = excluded.ok, why = excluded.why`
}

/** Everything in one look, so that it is of one moment. */
export async function healthFacts(sql: ISql): Promise<Facts> {
  const [row] = await sql<[Facts]>`
    select
      array(select applied_migrations()) as applied,
      coalesce((select jsonb_agg(jsonb_build_object('agent', agent, 'ageMs', ${since(sql, sql`at`)}, 'troubles', troubles))
        from agent_ticks), '[]') as ticks,
      coalesce((select jsonb_agg(jsonb_build_object('part', part, 'why', why)) from part_checks), '[]') as parts,
      (select count(*)::int from effects where state = 'sending' and deadline < now() - interval '10 minutes') as unknown,
      (select count(*)::int from deliveries d join notices n on n.project = d.project and n.key = d.key
        where d.state = 'waiting' and n.at between now() - interval '24 hours' and now() - interval '15 minutes') as undelivered,
      (select count(*)::int from work where tries >= 3) as stuck,
      coalesce((select jsonb_agg(distinct jsonb_build_object('kind', kind, 'state', state)) from source_cursors
        where state <> 'ok' and fails >= 3), '[]') as sources`
  return row
}

const since = (sql: ISql, at: ReturnType<ISql>) => sql`(extract(epoch from clock_timestamp() - ${at}) * 1000)::bigint`
