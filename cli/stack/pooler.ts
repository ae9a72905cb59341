import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { dieWithParent } from '../dieWithParent.ts'
import { exactly } from '../env.ts'
import { freePort } from '../ports.ts'
import { postgresAccount } from '../postgres/account.ts'

export interface Pooler {
  /** The same database and login, through the pooler. */
  url: string
  stop(): Promise<void>
}

export interface PoolerOptions {
  /** Connections to the server: with one, whatever a session leaves behind meets the next. */
  size?: number
  /** Clients have to encrypt; the server shows this. */
  tls?: { key: string; cert: string }
  /** Where it listens, instead of any free port of this machine. */
  at?: { host: string; port: number }
  /** A server connection a client, for as long as the client is there. */
  session?: boolean
  /** Any login of the server's may come, by its own name and `.<ref>` behind it, as at Supabase's shared poolers. */
  shared?: { superUrl: string; ref: string }
}

/**
 * pgbouncer in transaction mode in front of one database, as hosted Postgres is reached: consecutive statements of a
 * session may meet different server processes. It refuses to run as root, so it borrows PostgreSQL's user.
 */
export async function startPooler(databaseUrl: string, { size = 5, ...options }: PoolerOptions = {}): Promise<Pooler> {
  const { tls, shared } = options
  const server = new URL(databaseUrl)
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-pooler-'))
  const { host, port } = options.at ?? { host: '127.0.0.1', port: await freePort() }
  const known = shared ? new URL(shared.superUrl) : server
  const files = {
    'users.txt': `"${known.username}" "${known.password}"\n`,
    'pgbouncer.ini': `[databases]
* = host=127.0.0.1 port=${server.port}
[pgbouncer]
listen_addr = ${host}
listen_port = ${port}
unix_socket_dir =
pool_mode = ${options.session ? 'session' : 'transaction'}
auth_type = scram-sha-256
auth_file = ${folder}/users.txt
${shared ? `auth_user = ${known.username}\nauth_query = ${OF_PROJECT(shared.ref)}` : ''}
default_pool_size = ${size}
max_client_conn = 200
ignore_startup_parameters = extra_float_digits,search_path,application_name
${tls ? `client_tls_sslmode = require\nclient_tls_key_file = ${folder}/key.pem\nclient_tls_cert_file = ${folder}/cert.pem` : ''}
`,
    ...(tls ? { 'key.pem': tls.key, 'cert.pem': tls.cert } : {}),
  }
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o600 })
  const account = await postgresAccount()
  if (account.uid !== undefined) {
    for (const path of [folder, ...Object.keys(files).map((name) => join(folder, name))])
      await chown(path, account.uid, account.gid)
  }
  await chmod(folder, 0o700)
  const argv = dieWithParent('TERM', ['pgbouncer', '-q', join(folder, 'pgbouncer.ini')])
  const env = exactly({ PATH: '/usr/sbin:/usr/bin:/bin' })
  const child = spawn(argv[0], argv.slice(1), { ...account, cwd: '/', env, stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  child.once('error', (error) => (complaint += error.message))
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  }
  for (let tries = 0; tries < 200; tries += 1) {
    if (await listens(host, port)) return { url: through(server, host, port), stop }
    if (child.exitCode !== null || !child.pid) break
    await sleep(50)
  }
  await stop()
  throw new Error(`pgbouncer did not start: ${complaint.slice(-1000)}`)
}

/** Without the project in its name nobody is known; the name that is answered is who comes in at the server. */
const OF_PROJECT = (ref: string) =>
  `select rolname::text, rolpassword from pg_authid where rolcanlogin and rolname = split_part($1, '.', 1) and split_part($1, '.', 2) = '${ref}'`

function through(server: URL, host: string, port: number): string {
  const url = new URL(server)
  url.hostname = host
  url.port = String(port)
  return url.href
}

const listens = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host, () => resolve(socket.destroy().destroyed))
    socket.once('error', () => resolve(false))
  })
