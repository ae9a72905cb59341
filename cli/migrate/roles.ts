import { type Admin, connectAdmin } from '../migrate.ts'

/** What migrations name, and Supabase has by itself: whom its data APIs speak as. None of them is a login of ours. */
export async function supabaseRoles(admin: Admin): Promise<void> {
  const sql = connectAdmin(admin)
  try {
    await sql.unsafe(`do $$ declare name text; begin
      foreach name in array array['anon', 'authenticated', 'service_role'] loop
        if not exists (select from pg_roles where rolname = name) then execute format('create role %I nologin noinherit', name); end if;
      end loop;
    end $$`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
