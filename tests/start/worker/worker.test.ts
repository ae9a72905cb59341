import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exactly } from '../../../cli/env.ts'
import { aliveFile } from '../../../cli/worker/work.ts'
import { registerProject } from '../../../lib/actions/registerProject.ts'
import { AGENTS } from '../../../lib/domain/work.ts'
import { lastHeard } from '../../../lib/store/heard.ts'
import { type FreshDatabase, freshDatabase } from '../../harness.ts'
import { CHECKOUT, COMPILED } from '../../setup/compiled.ts'

let db: FreshDatabase
let folder: string
beforeAll(async () => {
  db = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'ns-worker-'))
  // The sandbox runs as other users, who have to get there.
  await chmod(folder, 0o755)
})
afterAll(async () => {
  await db.drop()
  await rm(folder, { recursive: true, force: true })
})

const envOf = (home: string, more: Record<string, string> = {}) =>
  exactly({
    ...COMPILED,
    ...{ PATH: '/usr/bin:/bin', DATABASE_URL: db.url, NIGHTSHIFT_HOME: home, NIGHTSHIFT_URL: 'http://127.0.0.1:9' },
    ...{ SESSION_SECRET: 's'.repeat(32), CRON_SECRET: 'c'.repeat(16), CONTROL_TOKEN: 'o'.repeat(16) },
    ...{ PLATFORM_URL: 'http://127.0.0.1:9', PLATFORM_TOKEN: 'p'.repeat(16), SCHEDULER_SECONDS: '0.2', ...more },
  })

interface Ran {
  child: ChildProcess
  out: string
}
function start(argv: string[], env: NodeJS.ProcessEnv): Ran {
  const child = spawn(process.execPath, [join(CHECKOUT, 'cli/nightshift.ts'), ...argv], { cwd: CHECKOUT, env })
  const ran: Ran = { child, out: '' }
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (ran.out += chunk.toString()))
  return ran
}
async function end({ child }: Ran, signal?: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  if (signal) child.kill(signal)
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

test('two workers stand on one database, say what they are, and end when they are asked to', async () => {
  const settings = { repository: '/srv/shop.git', app: 'shop' }
  await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings })
  const homes = ['one', 'two'].map((name) => join(folder, name))
  const workers = homes.map((home) => start(['worker'], envOf(home)))
  const looked = async () => (await db.sql`select 1 from agent_ticks`).length === AGENTS.length
  for (let tries = 0; !(await looked()) && tries < 600; tries++) await sleep(100)
  expect(await looked(), workers.map(({ out }) => out).join('\n')).toBe(true)
  const driven = await lastHeard(db.sql)
  for (const agent of AGENTS) expect([agent, driven.has(`agent:${agent}`)]).toEqual([agent, true])
  await sleep(1000)
  expect(await end(start(['worker', '--check'], envOf(homes[0] ?? '')))).toBe(0)
  for (const worker of workers) expect(await end(worker, 'SIGTERM')).toBe(0)
  for (const { out } of workers) {
    const lines = out.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
    expect(lines[0].msg).toMatch(/^world local: sql=postgres /)
    expect(out).not.toMatch(/c{16}|o{16}|s{32}/)
  }
  const past = new Date(Date.now() - 600_000)
  await utimes(aliveFile(homes[0] ?? ''), past, past)
  expect(await end(start(['worker', '--check'], envOf(homes[0] ?? '')))).toBe(1)
})

test('a worker whose login owns tables refuses to start', async () => {
  const refused = start(['worker'], envOf(join(folder, 'three'), { DATABASE_URL: db.adminUrl }))
  expect(await end(refused)).toBe(1)
  expect(refused.out).toContain('log in to PostgreSQL as a role that owns tables')
})
