import { readFile, stat, writeFile } from 'node:fs/promises'
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
const pidOf = async () => Number((await readFile(lockFile, 'utf8')).split('\n')[0])
const alive = (pid: number) =>
  readFile(`/proc/${pid}/stat`, 'utf8').then(
    (text) => !text.includes(') Z '),
    () => false,
  )

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

const found = await startPostgres({ home })
await found.stop()
const foundLeftRunning = await alive(firstPid)

await first.stop()
const stopped = !(await alive(firstPid))
const second = await startPostgres({ home })
await query(second.adminUrl, 'insert into kept values (2)')

process.kill(await pidOf(), 'SIGKILL')
const third = await startPostgres({ home })
const afterKill = await query(third.adminUrl, 'select n from kept order by n')
await third.stop()

// A pid that lives and is not a server's: ours.
await writeFile(lockFile, `${process.pid}\n${data}\n0\n${third.port}\n\n127.0.0.1\n\nready   \n`)
const fourth = await startPostgres({ home })
await fourth.stop()

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
    socket: sockets[0]?.unix_socket_directories,
    found: { started: found.started, samePort: found.port === first.port, leftRunning: foundLeftRunning },
    stopped,
    second: { started: second.started, samePort: second.port === first.port },
    afterKill: { started: third.started, rows: afterKill.map((row) => row.n) },
    staleLock: { started: fourth.started },
    takenPort: { movedOn: fifth.port !== fourth.port, wanted },
  }),
)
