import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { baseEnv, exactly } from '../../cli/env.ts'
import { freePort, portIsFree } from '../../cli/ports.ts'
import { aliveOf, endLeftovers, isAlive, pidsIn } from './processes.ts'
import { standInCheckout } from './standIn.ts'

let checkout: { root: string; remove(): Promise<void> }
let home: string
let port: number
const started: ChildProcess[] = []

beforeAll(async () => {
  checkout = await standInCheckout()
  home = join(checkout.root, 'state')
  port = await freePort()
})
afterEach(async () => {
  for (const child of started.splice(0)) await stop(child, 'SIGINT')
})
afterAll(async () => {
  await endLeftovers(await serverPids())
  await checkout.remove()
})

interface Run {
  child: ChildProcess
  said(): string
}

function start(...argv: string[]): Run {
  // Its modules lie in a folder of this test's own; the second start reads them as the first one compiled them.
  const env = exactly({ ...baseEnv(), NIGHTSHIFT_HOME: home, NODE_COMPILE_CACHE: join(checkout.root, 'compiled') })
  const child = spawn(process.execPath, [join(checkout.root, 'cli/start.ts'), ...argv], { env })
  started.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, said: () => text }
}

async function up(): Promise<Run> {
  const run = start('--empty', '--port', String(port))
  await expect.poll(() => run.said(), { timeout: 60_000 }).toContain('Ctrl-C stops everything.')
  return run
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal)
    await once(child, 'exit')
  }
  return child.exitCode
}

const room = async () =>
  (await fetch(`http://127.0.0.1:${port}/`)).json() as Promise<{ pid: number; env: Record<string, string> }>
const serverPids = async () => pidsIn(await readFile(join(checkout.root, 'pids'), 'utf8'))
const databasePid = async () =>
  Number((await readFile(join(home, 'postgresql/data-17/postmaster.pid'), 'utf8')).split('\n')[0])
const passwordIn = (text: string) => /sign in with (\S+)/.exec(text)?.[1]

describe('bin/start', () => {
  it('shows its steps with seconds, the address and the password, and serves with the right settings', async () => {
    const run = await up()
    expect(run.said()).toMatch(/✓ PostgreSQL +\d+\.\d s\n/)
    expect(run.said()).toMatch(/✓ Building the control room/)
    expect(run.said()).toContain(`Open http://localhost:${port}/dashboard/agent-control`)
    expect(run.said()).toContain('New projects start at level 1')
    const { env } = await room()
    expect(env).toMatchObject({ WORLD: 'local', SCHEDULER: 'on', RINGS: 'on', NIGHTSHIFT_HOME: home })
    expect(env.DATABASE_URL).toMatch(/^postgres:\/\/nightshift_app:\w+@127\.0\.0\.1:\d+\/nightshift$/)
    expect(JSON.stringify(env)).not.toContain(passwordIn(run.said()))
  })

  it('reuses what is there at the second start', async () => {
    const first = await up()
    await stop(first.child, 'SIGINT')
    const second = await up()
    expect(second.said()).not.toContain('Building')
    expect(passwordIn(second.said())).toBe(passwordIn(first.said()))
  })

  it.each([
    ['SIGINT', 0],
    ['SIGTERM', 143],
  ] as const)('stops every child it started at %s', async (signal, status) => {
    const run = await up()
    const pids = [...(await aliveOf(await serverPids())), await databasePid()]
    expect(pids).toHaveLength(5)
    expect(await stop(run.child, signal)).toBe(status)
    await expect.poll(() => aliveOf(pids)).toEqual([])
    expect(await portIsFree(port)).toBe(true)
  })

  it('stops what has started so far when it is interrupted early', async () => {
    const slow = join(checkout.root, 'supabase/migrations/29990101000000_slow.sql')
    await writeFile(slow, 'select pg_sleep(600)')
    const run = start('--empty', '--port', String(port))
    await expect.poll(run.said, { timeout: 60_000 }).toContain('… Migrations')
    const pid = await databasePid()
    const status = await stop(run.child, 'SIGINT')
    expect(status, run.said()).toBe(0)
    expect(await isAlive(pid)).toBe(false)
    expect(run.said()).toMatch(/Stopping …\n(.*✗.*\n)?Stopped\.\n$/)
    await rm(slow)
  })

  it('starts the control room again when it is killed', async () => {
    await up()
    const { pid } = await room()
    process.kill(pid, 'SIGKILL')
    await expect
      .poll(
        () =>
          room().then(
            (now) => now.pid,
            () => pid,
          ),
        { timeout: 20_000 },
      )
      .not.toBe(pid)
  })

  it('leaves nothing that a next start stumbles over when it is killed itself', async () => {
    const first = await up()
    const leaders = [(await room()).pid, await databasePid()]
    await stop(first.child, 'SIGKILL')
    await expect.poll(() => aliveOf(leaders), { timeout: 30_000 }).toEqual([])
    const second = await up()
    expect(passwordIn(second.said())).toBe(passwordIn(first.said()))
  })

  it('refuses to start twice from one folder, and says where it runs', async () => {
    const first = await up()
    const second = start('--empty', '--port', String(await freePort()))
    await once(second.child, 'exit')
    expect(second.child.exitCode).toBe(1)
    expect(second.said()).toContain(
      `running from this folder already, at http://localhost:${port}, process ${first.child.pid}.`,
    )
    expect((await room()).pid).toBeGreaterThan(0)
  })

  it('says that the port is taken, and what to do, before it starts anything', async () => {
    await rm(join(home, 'logs'), { recursive: true, force: true })
    const other = createServer().listen(port, '127.0.0.1')
    const run = start('--port', String(port))
    await once(run.child, 'exit')
    other.close()
    expect(run.child.exitCode).toBe(1)
    expect(run.said()).toContain(`Port ${port} is in use by another program. Choose another one: bin/start --port`)
    expect(run.said()).not.toContain('✓')
  })
})
