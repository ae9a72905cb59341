import postgres from 'postgres'

/** Whether a server takes this login now; a wrong password is an error, because waiting will not mend it. */
export async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 5 })
  try {
    await sql`select 1`
    return true
  } catch (error) {
    if ((error as { code?: string }).code === '28P01')
      throw new Error(`The password kept for ${url.split('@')[1]} is not its own.`)
    return false
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** The database everything lives in. */
export const DATABASE = 'nightshift'

/**
 * Roles as Supabase has them: the superuser is `supabase_admin` and nobody's login; migrations run as `postgres`, which
 * makes roles and databases and passes row-level security, but is no superuser; data APIs speak as the last three.
 */
export async function ensureRoles(superUrl: string, postgresPassword: string): Promise<void> {
  const sql = postgres(superUrl, { max: 1, onnotice: () => undefined, connect_timeout: 30 })
  try {
    await sql`select pg_advisory_lock(727001)`
    await sql.unsafe(`do $$ begin
      if not exists (select from pg_roles where rolname = 'postgres') then create role postgres; end if;
      if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin noinherit; end if;
      if not exists (select from pg_roles where rolname = 'authenticated') then
        create role authenticated nologin noinherit; end if;
      if not exists (select from pg_roles where rolname = 'service_role') then
        create role service_role nologin noinherit bypassrls; end if;
    end $$`)
    const [command] = await sql<{ text: string }[]>`select format(
      'alter role postgres nosuperuser login createdb createrole bypassrls password %L', ${postgresPassword}::text) as text`
    if (command) await sql.unsafe(command.text)
    await sql.unsafe('grant anon, authenticated, service_role to postgres with admin option')
    const found = await sql`select from pg_database where datname = ${DATABASE}`
    if (found.length === 0) await sql.unsafe(`create database ${DATABASE} owner postgres`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
