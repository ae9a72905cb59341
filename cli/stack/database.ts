import { join } from 'node:path'
import { makeOwner } from '../../lib/actions/signIn.ts'
import { connect } from '../../lib/store/database.ts'
import { APP_ROLE, allowLogin, asLogin, migrate } from '../migrate.ts'
import type { Parts } from '../parts.ts'
import { type Postgres, startPostgres } from '../postgres.ts'
import type { Secrets } from '../secrets.ts'

export interface Database {
  superUrl: string
  /** As `postgres`: owns the database, is no superuser. */
  adminUrl: string
  /** As `nightshift_app`, which owns nothing: what Nightshift itself uses. */
  appUrl: string
  /** Versions of the migrations applied now. */
  applied: string[]
}

export async function startDatabase(home: string, parts: Parts): Promise<Postgres> {
  const postgres = await startPostgres({ home })
  parts.add('PostgreSQL', postgres.stop)
  return postgres
}

export async function migrateDatabase(checkout: string, postgres: Postgres, secrets: Secrets): Promise<Database> {
  const { superUrl, adminUrl } = postgres
  const applied = await migrate(adminUrl, join(checkout, 'supabase/migrations'))
  await allowLogin(adminUrl, secrets.appPassword)
  return { superUrl, adminUrl, appUrl: asLogin(adminUrl, APP_ROLE, secrets.appPassword), applied }
}

/** The person who signs in with the owner's password; made at first start. */
export async function ensureOwner(database: Database, secrets: Secrets): Promise<void> {
  const sql = connect(database.appUrl, 1)
  try {
    await makeOwner(sql, 'Owner', secrets.ownerPassword)
  } finally {
    await sql.end()
  }
}
