import type { ISql } from 'postgres'

/** Those who call us. `agent:` is a clock or a ring; everything else comes from outside and was signed. */
export type Caller =
  | `agent:${string}`
  | 'webhook:github'
  | 'webhook:vercel'
  | 'webhook:sentry'
  | 'drain:vercel'
  | 'slack'

/** Written every few seconds at most, however often they call. */
export async function heard(sql: ISql, who: Caller): Promise<void> {
  await sql`
    insert into heard as h (who) values (${who})
    on conflict (who) do update set at = clock_timestamp() where h.at < clock_timestamp() - interval '5 seconds'`
}

export async function lastHeard(sql: ISql): Promise<Map<string, Date>> {
  const rows = await sql<{ who: string; at: Date }[]>`select who, at from heard`
  return new Map(rows.map(({ who, at }) => [who, at]))
}
