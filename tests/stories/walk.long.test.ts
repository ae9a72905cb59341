import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { baseEnv, exactly, npmEnv } from '../../cli/env.ts'
import { freePort, portIsFree } from '../../cli/ports.ts'

/** The README's first five minutes, by its own commands and nothing else: no part of Nightshift is imported that runs. */
const CHECKOUT = resolve(import.meta.dirname, '../..')
let home: string
let port: number
let started: ChildProcess
let said = ''

const env = () => exactly({ ...baseEnv(), ...npmEnv(), NIGHTSHIFT_HOME: home })

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'ns-walk-'))
  port = await freePort()
  started = spawn(join(CHECKOUT, 'bin/start'), ['--port', String(port)], { env: env(), cwd: '/' })
  for (const stream of [started.stdout, started.stderr])
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()))
})
afterAll(async () => {
  if (!ended()) {
    started.kill('SIGINT')
    await once(started, 'exit')
  }
  await rm(home, { recursive: true, force: true })
})

const ended = () => started.exitCode !== null || started.signalCode !== null

/** What `bin/nightshift` prints, for a person who stands somewhere else. */
function command(...argv: string[]): Promise<string> {
  return new Promise((done, fail) => {
    execFile(join(CHECKOUT, 'bin/nightshift'), argv, { env: env(), cwd: '/' }, (error, out, err) =>
      error ? fail(new Error(`${argv.join(' ')}: ${out}${err}`)) : done(out),
    )
  })
}

test('it starts, and says where to look and how to stop it', async () => {
  await expect.poll(() => ended() || said.includes('Ctrl-C stops'), { timeout: 5 * 60_000, interval: 500 }).toBe(true)
  expect(said).toContain('Ctrl-C stops everything.')
  expect(said).toContain(`http://localhost:${port}/dashboard/agent-control`)
})

test('the fault of the sample ends cured, as the command line tells it', async () => {
  const until = performance.now() + 7 * 60_000
  let told = ''
  while (!ended() && performance.now() < until && !/cured/i.test(told)) {
    await sleep(3000)
    told = await command('show', '1').catch(String)
  }
  expect(told).toMatch(/cured/i)
  expect(told).toMatch(/\[run \d+\]/)
  expect(await command('status')).toContain('clinic')
  expect(await command('report')).toMatch(/cured/i)
  expect(await command('audit', 'verify')).toMatch(/holds/i)
})

test('Ctrl-C stops everything, and says so', async () => {
  started.kill('SIGINT')
  const [status] = (await once(started, 'exit')) as [number | null]
  expect(status, said).toBe(0)
  expect(said).toMatch(/Stopped\.\n$/)
  expect(await portIsFree(port)).toBe(true)
})
