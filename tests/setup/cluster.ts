import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { makeHome } from '../../cli/home.ts'
import { allowLogin, migrate } from '../../cli/migrate.ts'
import { startPostgres } from '../../cli/postgres.ts'
import { loadSecrets } from '../../cli/secrets.ts'

/** Where tests find the server they share; every test file takes databases of its own from it (tests/harness.ts). */
export interface Cluster {
  /** As `postgres`, to a database of no interest. */
  adminUrl: string
  /** As `supabase_admin`, the server's superuser, whom Nightshift never is. */
  superUrl: string
  appPassword: string
}

export const TEMPLATE = 'nightshift_template'

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: Cluster
    /** How many rounds a promise is tried: some in `bin/test` and `npm run test:long`, all in `npm run test:promises`. */
    size: 'small' | 'full'
    /** Databases are reached through a pooler unless a test says otherwise. */
    pooled?: boolean
  }
}

/** Kinds of tests that take databases share one server: each has this module, and all have this process. */
const shared = globalThis as { nightshiftCluster?: { users: number; server: Promise<Started> } }

interface Started {
  cluster: Cluster
  stop(): Promise<void>
}

/** One private PostgreSQL with a migrated database to copy; both are gone when the last kind of tests has ended. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.nightshiftCluster ??= { users: 0, server: start() }
  const mine = shared.nightshiftCluster
  mine.users += 1
  const { cluster, stop } = await mine.server
  project.provide('cluster', cluster)
  return async () => {
    mine.users -= 1
    if (mine.users > 0) return
    shared.nightshiftCluster = undefined
    await stop()
  }
}

async function start(): Promise<Started> {
  const home = await mkdtemp(join(tmpdir(), 'nightshift-tests-'))
  await makeHome(home)
  const { appPassword } = await loadSecrets(home)
  const server = await startPostgres({ home })
  const stop = async () => {
    await server.stop()
    await rm(home, { recursive: true, force: true })
  }
  try {
    await forgoDurability(server.superUrl)
    await makeTemplate(server.adminUrl, appPassword)
  } catch (error) {
    await stop()
    throw error
  }
  return { cluster: { adminUrl: server.adminUrl, superUrl: server.superUrl, appPassword }, stop }
}

/** Nothing here outlives the run, so nothing has to reach the disk or be tidied; each test makes and drops a database. */
export async function forgoDurability(superUrl: string): Promise<void> {
  const sql = postgres(superUrl, { max: 1, onnotice: () => undefined })
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes', 'autovacuum'])
    await sql.unsafe(`alter system set ${setting} = off`)
  await sql`select pg_reload_conf()`
  await sql.end()
}

async function makeTemplate(adminUrl: string, appPassword: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined })
  await sql.unsafe(`create database ${TEMPLATE}`)
  await sql.end()
  const template = new URL(adminUrl)
  template.pathname = `/${TEMPLATE}`
  await migrate(template.href)
  await allowLogin(template.href, appPassword)
}
