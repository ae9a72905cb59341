import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface SqlFile {
  path: string
  sql: string
}

const FILES_MAX = 2000

/** What every Supabase database holds before the first migration, as far as migrations commonly lean on it. */
const SUPABASE = `
CREATE ROLE anon NOLOGIN;
CREATE ROLE authenticated NOLOGIN;
CREATE ROLE service_role NOLOGIN BYPASSRLS;
CREATE SCHEMA extensions;
CREATE SCHEMA auth;
CREATE TABLE auth.users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email text, raw_user_meta_data jsonb,
  created_at timestamptz DEFAULT now());
CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT (auth.jwt() ->> 'sub')::uuid $$;
CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE AS $$ SELECT auth.jwt() ->> 'role' $$;
GRANT USAGE ON SCHEMA public, auth, extensions TO anon, authenticated, service_role;
`

/** What makes the repository's schema, in order: migrations by name, then the seed. Empty where it keeps none as SQL. */
export async function schemaOf(workspace: string): Promise<SqlFile[]> {
  const supabase = await sqlIn(workspace, 'supabase/migrations')
  const files = supabase.length > 0 ? supabase : await sqlIn(workspace, 'migrations')
  const seeds = ['supabase/seed.sql', ...(supabase.length > 0 ? [] : ['seed.sql', 'migrations/seed.sql'])]
  const found = await Promise.all(seeds.map((path) => read(workspace, path)))
  const seed = found.find((file) => file !== null)
  const before = supabase.length > 0 ? [{ path: 'supabase (roles, auth)', sql: SUPABASE }] : []
  return [...before, ...files.filter(({ path }) => path !== seed?.path), ...(seed ? [seed] : [])]
}

/** SQL below a folder by name; a migration that undoes another is not one to run. */
async function sqlIn(workspace: string, folder: string): Promise<SqlFile[]> {
  const names = (await readdir(join(workspace, folder)).catch(() => []))
    .filter((name) => name.endsWith('.sql') && !/[._-](?:down|undo|rollback)\.sql$/.test(name))
    .sort()
    .slice(0, FILES_MAX)
  const files = await Promise.all(names.map((name) => read(workspace, `${folder}/${name}`)))
  return files.filter((file) => file !== null)
}

const read = (workspace: string, path: string): Promise<SqlFile | null> =>
  readFile(join(workspace, path), 'utf8').then(
    (sql) => ({ path, sql }),
    () => null,
  )
