import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import type { SqlChoice } from '../lib/domain/sqlChoice.ts'
import { scramOf } from './scram.ts'

/** Two starts at once apply each migration once. The number is arbitrary and ours. */
const LOCK = 727002

/**
 * Applies `*.sql` of a folder in order, each in one transaction together with its record, as the Supabase CLI keeps it:
 * version = the digits before the first underscore. Either takes what the other has recorded for done. Locks are held by
 * transactions, so that this may also go through a transaction pooler. Answers the versions applied now.
 */
export async function migrate(admin: Admin, folder = 'supabase/migrations'): Promise<string[]> {
  const sql = connectAdmin(admin)
  try {
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${LOCK})`
      await tx.unsafe(HISTORY).simple()
    })
    const applied: string[] = []
    for (const { file, version, name } of await migrations(folder))
      if (await sql.begin((tx) => apply(tx, file, version, name))) applied.push(version)
    return applied
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** As the CLI makes it, and makes it again of an older one. */
const HISTORY = `create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
  alter table supabase_migrations.schema_migrations add column if not exists statements text[];
  alter table supabase_migrations.schema_migrations add column if not exists name text`

async function apply(tx: TransactionSql, file: string, version: string, name: string): Promise<boolean> {
  const text = await readFile(file, 'utf8')
  await tx`select pg_advisory_xact_lock(${LOCK})`
  const done = await tx`select from supabase_migrations.schema_migrations where version = ${version}`
  if (done.length > 0) return false
  try {
    await tx.unsafe(text).simple()
    // `set role` or `set search_path` of a migration must not reach its record or the next one.
    await tx.unsafe('reset role; reset search_path').simple()
    await tx`insert into supabase_migrations.schema_migrations (version, statements, name) values (${version}, ${[text]}, ${name})`
    return true
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

/**
 * Lets the application log in; a migration makes its role, without login and without a password. The server is told what
 * it keeps of a password (SCRAM), not the password: hosts write such commands into their logs.
 */
export async function allowLogin(admin: Admin, password: string): Promise<void> {
  const sql = connectAdmin(admin)
  try {
    const [command] = await sql<{ text: string }[]>`
      select format('alter role %I login password %L', ${APP_ROLE}::text, ${scramOf(password)}::text) as text`
    if (command) await sql.unsafe(command.text)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Whether the application may log in already. */
export async function mayLogin(admin: Admin): Promise<boolean> {
  const sql = connectAdmin(admin)
  try {
    const [row] = await sql<{ login: boolean }[]>`select rolcanlogin as login from pg_roles where rolname = ${APP_ROLE}`
    return row?.login ?? false
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

/** Where migrations are applied, as whom, and with which TLS; an address alone is taken as the server offers. */
export type Admin = string | { url: string; tls: SqlChoice['tls'] }

export const connectAdmin = (admin: Admin): Sql => {
  const { url, tls } = typeof admin === 'string' ? { url: admin, tls: false as const } : admin
  const ssl = tls ? { ssl: tls } : {}
  return postgres(url, { max: 1, prepare: false, connect_timeout: 30, onnotice: () => undefined, ...ssl })
}

function messageOf(error: unknown, text: string): string {
  const { message, position } = error as { message?: string; position?: string }
  const line = position ? ` (line ${text.slice(0, Number(position)).split('\n').length})` : ''
  return `${message ?? String(error)}${line}`
}
