import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { dieWithParent } from '../dieWithParent.ts'
import { exactly } from '../env.ts'
import type { Account } from './account.ts'

/** Starting, recovering after a crash and stopping each stay far below this. */
const PATIENCE_MS = 60_000

interface LockFile {
  pid: number
  port: number
  ready: boolean
}

async function lockFile(data: string): Promise<LockFile | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => null)
  if (text === null) return null
  const [pid, , , port, , , , status] = text.split('\n')
  return { pid: Number(pid), port: Number(port), ready: status?.startsWith('ready') ?? false }
}

/** Whether this pid is a server on this data folder. After a crash the number in a lock file may be a zombie's (its
 * command line is empty) or, after a reboot, anybody's; PostgreSQL itself takes either for a running server. */
async function serves(pid: number, data: string): Promise<boolean> {
  const argv = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
  return (argv[0]?.endsWith('/postgres') ?? false) && argv.includes(data)
}

/**
 * The port of the server running on this folder, or null after removing a lock file that is nobody's. It must take a
 * login: one that was killed a moment ago still looks alive, and its socket still accepts.
 */
export async function adopt(data: string, answers: (port: number) => Promise<boolean>): Promise<number | null> {
  for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
    const lock = await lockFile(data)
    if (!lock) return null
    if (!(await serves(lock.pid, data))) {
      await rm(join(data, 'postmaster.pid'), { force: true })
      return null
    }
    if (lock.ready && (await answers(lock.port))) return lock.port
    await sleep(100)
  }
  throw new Error(`PostgreSQL on ${data} neither answers nor ends.`)
}

export interface Launch {
  data: string
  port: number
  log: string
  account: Account
  root: string
  /** On top of what it needs. */
  env?: Record<string, string> | undefined
}

/**
 * Starts a server on 127.0.0.1 and waits until it takes logins. Sessions of a server that was killed may hold its
 * shared memory a moment longer: PostgreSQL then refuses, rightly, and is asked again.
 */
export async function launch(options: Launch): Promise<ChildProcess> {
  for (let waited = 0; ; waited += 250) {
    const child = spawnServer(options)
    const failure = await untilReady(child, options)
    if (failure === null) return child
    const tail = (await readFile(options.log, 'utf8').catch(() => '')).trim().split('\n').slice(-4).join('\n')
    if (!tail.includes('is still in use') || waited > PATIENCE_MS) {
      throw new Error(`PostgreSQL did not start: it ${failure}.\n${tail}`)
    }
    await sleep(250)
  }
}

/** It leads its own session, so that Ctrl-C in a terminal does not reach it: whoever uses the database stops first. */
function spawnServer({ data, port, log, account, root, env: more }: Launch): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const argv = dieWithParent('INT', [join(root, 'bin/postgres'), '-D', data, '-p', String(port), ...flags])
  const output = openSync(log, 'a', 0o600)
  try {
    const env = exactly({ PATH: '/usr/bin:/bin', LC_ALL: 'C', ...more })
    return spawn(argv[0], argv.slice(1), {
      ...account,
      cwd: data,
      env,
      detached: true,
      stdio: ['ignore', output, output],
    })
  } finally {
    closeSync(output)
  }
}

/** Null once it takes logins, else what became of it. */
async function untilReady(child: ChildProcess, { data }: Launch): Promise<string | null> {
  let ended: string | null = null
  child.once('error', (error) => (ended = `could not be run: ${error.message}`))
  child.once('exit', (code, signal) => (ended = `ended with ${signal ?? code}`))
  for (let waited = 0; waited < PATIENCE_MS; waited += 50) {
    const lock = await lockFile(data)
    if (lock?.ready && lock.pid === child.pid) return null
    if (ended) return ended
    await sleep(50)
  }
  child.kill('SIGQUIT')
  return 'never became ready'
}

/** Fast shutdown: sessions are ended, everything is flushed. Insists after a while. */
export async function shutDown(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const insist = setTimeout(() => child.kill('SIGQUIT'), PATIENCE_MS)
  child.kill('SIGINT')
  await once(child, 'exit')
  clearTimeout(insist)
}
