import postgres, { type Sql } from 'postgres'

/**
 * One pool a process. `prepare: false` so that the same code runs through a transaction pooler; bigints are counters
 * and sequence numbers below 2^53, so they become numbers; columns arrive in camel case.
 */
export function connect(url: string, max = 10): Sql {
  return postgres(url, {
    max,
    prepare: false,
    idle_timeout: 60,
    connect_timeout: 10,
    // The driver's own pauses grow to twenty seconds: a database that is back would go on looking gone.
    backoff: (retries) => Math.min(1, 0.05 * 2 ** retries),
    onnotice: () => undefined,
    connection: { application_name: 'nightshift', search_path: 'nightshift' },
    transform: { column: { from: postgres.toCamel } },
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
  }) as unknown as Sql
}

/** Why this login may not be used, or null. The app must own nothing: an owner could rewrite the audit. */
export async function roleProblem(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ role: string; superuser: boolean; owns: number; member: boolean }[]>`
    select current_user as role,
      (select rolsuper from pg_roles where rolname = current_user) as superuser,
      (select count(*)::int from pg_tables where schemaname = 'nightshift' and tableowner = current_user) as owns,
      pg_has_role(current_user, 'nightshift_owner', 'member') as member`
  if (!row) return 'the database did not say who we are'
  if (row.superuser) return `role ${row.role} is a superuser`
  if (row.owns > 0) return `role ${row.role} owns ${row.owns} of our tables`
  if (row.member) return `role ${row.role} may become nightshift_owner`
  return null
}
