import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import postgres, { type Sql, type TransactionSql } from 'postgres'

/** Session lock: two starts at once apply each migration once. The number is arbitrary and ours. */
const LOCK = 727002

/**
 * Applies `*.sql` of a folder in order, each in one transaction together with its record, as the Supabase CLI keeps it:
 * version = the digits before the first underscore. Answers the versions applied now.
 */
export async function migrate(adminUrl: string, folder = 'supabase/migrations'): Promise<string[]> {
  const sql = connectAdmin(adminUrl)
  try {
    await sql`select pg_advisory_lock(${LOCK})`
    await sql.unsafe(`create schema if not exists supabase_migrations;
      create table if not exists supabase_migrations.schema_migrations
        (version text primary key, statements text[], name text)`)
    const done = new Set(
      (await sql`select version from supabase_migrations.schema_migrations`).map((row) => String(row.version)),
    )
    const applied: string[] = []
    for (const { file, version, name } of await migrations(folder)) {
      if (done.has(version)) continue
      await sql.begin((tx) => apply(tx, file, version, name))
      applied.push(version)
    }
    return applied
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function apply(tx: TransactionSql, file: string, version: string, name: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  try {
    await tx.unsafe(text).simple()
    // `set role` or `set search_path` of a migration must not reach its record or the next one.
    await tx.unsafe('reset role; reset search_path').simple()
    await tx`insert into supabase_migrations.schema_migrations (version, statements, name) values (${version}, ${[text]}, ${name})`
  } catch (error) {
    throw new Error(`Migration ${basename(file)} failed, and nothing of it was kept: ${messageOf(error, text)}`)
  }
}

async function migrations(folder: string): Promise<{ file: string; version: string; name: string }[]> {
  const found: { file: string; version: string; name: string }[] = []
  for (const entry of (await readdir(folder)).sort()) {
    const match = /^(\d+)_(.+)\.sql$/.exec(entry)
    if (match) found.push({ file: join(folder, entry), version: match[1] ?? '', name: match[2] ?? '' })
  }
  const twice = found.find(({ version }, i) => found[i + 1]?.version === version)
  if (twice) throw new Error(`Two migrations in ${folder} have the version ${twice.version}.`)
  return found
}

/** What the application logs in as. */
export const APP_ROLE = 'nightshift_app'

/** Lets the application log in; a migration makes its role, without login and without a password. */
export async function allowLogin(adminUrl: string, password: string): Promise<void> {
  const sql = connectAdmin(adminUrl)
  try {
    const [command] = await sql<{ text: string }[]>`
      select format('alter role %I login password %L', ${APP_ROLE}::text, ${password}::text) as text`
    if (command) await sql.unsafe(command.text)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** The same database, as another login. */
export function asLogin(url: string, role: string, password: string): string {
  const other = new URL(url)
  other.username = role
  other.password = password
  return other.href
}

const connectAdmin = (url: string): Sql =>
  postgres(url, { max: 1, prepare: false, connect_timeout: 30, onnotice: () => undefined })

function messageOf(error: unknown, text: string): string {
  const { message, position } = error as { message?: string; position?: string }
  const line = position ? ` (line ${text.slice(0, Number(position)).split('\n').length})` : ''
  return `${message ?? String(error)}${line}`
}
