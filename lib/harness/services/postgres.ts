import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { tailOf } from '../tail.ts'
import { until } from '../wait.ts'
import { freePort } from './port.ts'
import { schemaOf } from './schema.ts'
import { openSession, type Session } from './wire.ts'

export interface Postgres {
  /** `DATABASE_URL` and the `PG…` variables for what uses the database. */
  env: Record<string, string>
  /** The database as it was after migrations and seed; every connection to it ends. */
  reset(): Promise<void>
  stop(): Promise<void>
  /** Files that were run, in order. */
  applied: string[]
  startedMs: number
}

/** Where the sandbox shows the programs and an unused cluster. */
export const PROGRAMS = '/opt/postgresql'
export const CLUSTER = '/opt/postgresql-data'

const USER = 'postgres'
const DATABASE = 'app'
/** Holds migrations and seed; the tests' database is a copy of it. */
const PREPARED = 'prepared'
const READY_MS = 30_000
const STOP_MS = 5000
const OUTPUT_BYTES = 8192
/** It lives for one run: nothing has to outlive a crash. */
const SETTINGS = {
  ...{ listen_addresses: '127.0.0.1', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  ...{ max_connections: '60', shared_buffers: '32MB', timezone: 'UTC', autovacuum: 'off', max_wal_size: '32MB' },
}

/**
 * A PostgreSQL of this run's own on 127.0.0.1 and a socket, with the repository's migrations and seed in it.
 * Rejects with what the server, or the SQL file that failed, said.
 */
export async function startPostgres(workspace: string, programs = PROGRAMS, cluster = CLUSTER): Promise<Postgres> {
  const began = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'postgres-'))
  const data = join(folder, 'data')
  await cp(cluster, data, { recursive: true })
  await chmod(data, 0o700)
  const sockets = join(folder, 'socket')
  await mkdir(sockets)
  const port = await freePort()
  const { child, output } = launch(programs, data, port, sockets)
  const stop = async () => {
    await end(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const admin = await session(child, port)
    const applied = await prepare(admin, workspace, port)
    const reset = () => fresh(admin)
    await reset()
    const startedMs = Math.round(performance.now() - began)
    return {
      ...{ env: environment(port), reset, applied, startedMs },
      stop: () => {
        admin.close()
        return stop()
      },
    }
  } catch (error) {
    await stop()
    throw new Error(`${error instanceof Error ? error.message : error}\n${output()}`.trim())
  }
}

function launch(programs: string, data: string, port: number, sockets: string) {
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: sockets })
  const flags = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const argv = ['-D', data, '-p', String(port), ...flags]
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TMPDIR: tmpdir() } as Record<string, string> as NodeJS.ProcessEnv
  const child = spawn(join(programs, 'bin/postgres'), argv, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const tail = tailOf(OUTPUT_BYTES)
  child.stdout.on('data', tail.push)
  child.stderr.on('data', tail.push)
  child.on('error', (error) => tail.push(Buffer.from(error.message)))
  return { child, output: tail.text }
}

const ended = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null

/** The first login that is let in. */
async function session(child: ChildProcess, port: number): Promise<Session> {
  const patience = performance.now() + READY_MS
  for (;;) {
    const open = await openSession(port, USER, USER).catch(() => null)
    if (open) return open
    if (ended(child)) throw new Error('PostgreSQL ended before it took a login')
    if (performance.now() > patience) throw new Error(`PostgreSQL took no login within ${READY_MS} ms`)
    await sleep(20)
  }
}

async function prepare(admin: Session, workspace: string, port: number): Promise<string[]> {
  await admin.run(`CREATE DATABASE ${PREPARED}`)
  const files = await schemaOf(workspace)
  const database = await openSession(port, USER, PREPARED)
  try {
    for (const { path, sql } of files) {
      await database.run(sql).catch((error: Error) => {
        throw new Error(`${path}: ${error.message}`)
      })
    }
  } finally {
    database.close()
  }
  return files.map(({ path }) => path)
}

async function fresh(admin: Session): Promise<void> {
  // Each on its own: neither may stand in a transaction.
  await admin.run(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`)
  await admin.run(`CREATE DATABASE ${DATABASE} TEMPLATE ${PREPARED}`)
}

const environment = (port: number): Record<string, string> => ({
  DATABASE_URL: `postgresql://${USER}@127.0.0.1:${port}/${DATABASE}`,
  ...{ PGHOST: '127.0.0.1', PGPORT: String(port), PGUSER: USER, PGDATABASE: DATABASE, PGSSLMODE: 'disable' },
})

/** SIGINT ends all sessions at once; the cluster is thrown away, so what is left may be killed. */
async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGINT')
  if (await until(() => ended(child), STOP_MS)) return
  child.kill('SIGKILL')
  await until(() => ended(child), STOP_MS)
}
