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

/** Starts PostgreSQL and starts it again, on the same port, where something ends it. */
export async function startDatabase(home: string, parts: Parts, say: (line: string) => void): Promise<Postgres> {
  const first = await startPostgres({ home })
  let current = first
  let wanted = true
  let starting: Promise<void> = Promise.resolve()
  const watch = () =>
    void current.ended.then(() => {
      if (wanted) starting = again()
    })
  async function again(): Promise<void> {
    say('PostgreSQL ended; it is started again.')
    try {
      current = await startPostgres({ home, port: first.port })
      watch()
    } catch (error) {
      say(`PostgreSQL stays down, and Nightshift with it: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  parts.add('PostgreSQL', async () => {
    wanted = false
    await starting
    await current.stop()
  })
  watch()
  return first
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
