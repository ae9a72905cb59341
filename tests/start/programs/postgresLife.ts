import { spawn } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import postgres from 'postgres'
import { makeHome } from '../../../cli/home.ts'
import { startPostgres } from '../../../cli/postgres.ts'

/**
 * What a server goes through in a state folder: started, found running, stopped, killed, met by a stale lock file and by
 * a taken port. Prints what was seen as one JSON line; run by postgres.test.ts as several users.
 */

const home = process.argv[2] ?? ''
const data = join(home, 'postgresql/data-17')
const lockFile = join(data, 'postmaster.pid')
const pidOf = async (of = home) =>
  Number((await readFile(join(of, 'postgresql/data-17/postmaster.pid'), 'utf8')).split('\n')[0])
const alive = (pid: number) =>
  readFile(`/proc/${pid}/stat`, 'utf8').then(
    (text) => !text.includes(') Z '),
    () => false,
  )

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')))
  return stats
    .filter((text) => Number(/\) \S (\d+)/.exec(text)?.[1]) === parent)
    .map((text) => Number.parseInt(text, 10))
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return [...(await sql.unsafe(text))]
  } finally {
    await sql.end()
  }
}

await makeHome(home)
const first = await startPostgres({ home })
await query(first.adminUrl, 'create table kept (n int); insert into kept values (1)')
const firstPid = await pidOf()
const runsAs = (await stat(`/proc/${firstPid}`)).uid
const sockets = await query(first.superUrl, 'show unix_socket_directories')

const written = await query(
  first.superUrl,
  "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')",
)

const found = await startPostgres({ home })
await found.stop()
const foundLeftRunning = await alive(firstPid)

await first.stop()
const stopped = !(await alive(firstPid))
const second = await startPostgres({ home })
await query(second.adminUrl, 'insert into kept values (2)')

// A session that outlives its killed server for a moment still holds the memory it shared.
const killed = await pidOf()
const [lingering] = await childrenOf(killed)
if (lingering) process.kill(lingering, 'SIGSTOP')
process.kill(killed, 'SIGKILL')
setTimeout(() => lingering && process.kill(lingering, 'SIGCONT'), 1500)
const third = await startPostgres({ home })
const afterKill = await query(third.adminUrl, 'select n from kept order by n')
await third.stop()

// Pids that live and are not this server's: ours, and another server's.
const lockOf = (pid: number) => `${pid}\n${data}\n0\n${third.port}\n\n127.0.0.1\n\nready   \n`
await writeFile(lockFile, lockOf(process.pid))
const fourth = await startPostgres({ home })
await fourth.stop()
const neighbour = `${home}-neighbour`
await makeHome(neighbour)
const beside = await startPostgres({ home: neighbour })
await writeFile(lockFile, lockOf(await pidOf(neighbour)))
const again = await startPostgres({ home })
await again.stop()
await beside.stop()

// One that looks exactly like this server, as a killed one does until it is gone, and takes no login.
const dying = spawn('/bin/sh', ['-c', 'sleep 2', data], { argv0: '/x/bin/postgres', stdio: 'ignore' })
await writeFile(lockFile, lockOf(dying.pid ?? 0))
const afterDying = await startPostgres({ home })
await afterDying.stop()

const other = createServer()
await new Promise<void>((resolve) => other.listen(fourth.port, '127.0.0.1', resolve))
const fifth = await startPostgres({ home })
await fifth.stop()
const wanted = await startPostgres({ home, port: fourth.port }).then(
  () => 'started',
  (error: Error) => error.message,
)
other.close()

console.log(
  JSON.stringify({
    runsAs,
    written: Object.fromEntries(written.map((row) => [row.name, row.setting])),
    socket: sockets[0]?.unix_socket_directories,
    found: { started: found.started, samePort: found.port === first.port, leftRunning: foundLeftRunning },
    stopped,
    second: { started: second.started, samePort: second.port === first.port },
    afterKill: { started: third.started, rows: afterKill.map((row) => row.n) },
    staleLock: { ours: fourth.started, neighbours: again.started, dying: afterDying.started },
    takenPort: { movedOn: fifth.port !== fourth.port, wanted },
  }),
)
