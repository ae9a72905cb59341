import { execFile } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { makeHome } from '../../../cli/home.ts'
import type { Parts } from '../../../cli/parts.ts'
import { type Postgres, startPostgres } from '../../../cli/postgres.ts'
import { startPooler } from '../../../cli/stack/pooler.ts'

/** A project of Supabase's as its page *Connect* shows it: two poolers at one host, on the ports they have there. */
export interface Project {
  ref: string
  host: string
  /** Of `postgres`. */
  password: string
  server: Postgres
}

/** `host` is an address of this machine that nobody else uses, since the ports are Supabase's own. */
export async function openProject(parts: Parts, folder: string, host: string): Promise<Project> {
  const home = join(folder, 'database')
  await mkdir(home)
  await makeHome(home)
  const server = await startPostgres({ home })
  parts.add('PostgreSQL', server.stop)
  const sql = postgres(server.superUrl, { max: 1, onnotice: () => undefined })
  // The database `postgres` is the role's own there.
  await sql.unsafe('alter database postgres owner to postgres')
  await sql.end()
  const ref = 'abcdefghijklmnopqrst'
  const tls = await certificate(folder)
  const shared = { superUrl: server.superUrl, ref }
  for (const [port, session] of [[5432, true] as const, [6543, false] as const]) {
    const pooler = await startPooler(server.adminUrl, { tls, shared, session, at: { host, port } })
    parts.add(`the pooler at ${port}`, pooler.stop)
  }
  return { ref, host, password: new URL(server.adminUrl).password, server }
}

async function certificate(folder: string): Promise<{ key: string; cert: string }> {
  const [key, cert] = [join(folder, 'pooler.key'), join(folder, 'pooler.pem')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const argv = ['req', '-x509', ...kind, '-subj', '/CN=pooler', '-keyout', key, '-out', cert]
  await promisify(execFile)('openssl', argv)
  return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
}
