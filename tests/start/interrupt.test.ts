import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { exactly } from '../../cli/env.ts'
import { aliveOf, endLeftovers, pidsIn } from './processes.ts'

const PROGRAMS = join(import.meta.dirname, 'programs')

let logs: string
let parent: ChildProcess
let said: string
beforeEach(async () => {
  logs = await mkdtemp(join(tmpdir(), 'ns-interrupt-'))
})
afterEach(async () => {
  parent.kill('SIGKILL')
  await endLeftovers(pidsIn(said))
  await rm(logs, { recursive: true, force: true })
})

/** Starts two families of two below one parent and answers their four pids. */
async function startAll(manner: string): Promise<number[]> {
  said = ''
  parent = spawn(process.execPath, [join(PROGRAMS, 'parent.ts'), logs, join(PROGRAMS, 'family.mjs'), manner], {
    env: exactly({}),
  })
  parent.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await expect.poll(() => pidsIn(said).length, { timeout: 20_000 }).toBe(4)
  return pidsIn(said)
}

it.each([
  ['SIGINT', 0],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('leaves no survivors at %s', async (signal, status) => {
  const pids = await startAll('calm')
  expect(await aliveOf(pids)).toEqual(pids)
  parent.kill(signal)
  expect((await once(parent, 'exit'))[0]).toBe(status)
  expect(said).toContain('Stopped.')
  await expect.poll(() => aliveOf(pids)).toEqual([])
})

it('leaves no survivors that do not listen', async () => {
  const pids = await startAll('deaf')
  parent.kill('SIGINT')
  await once(parent, 'exit')
  await expect.poll(() => aliveOf(pids)).toEqual([])
})

it('does not wait after a second signal', async () => {
  await startAll('deaf')
  parent.kill('SIGINT')
  await expect.poll(() => said).toContain('Stopping')
  parent.kill('SIGINT')
  expect((await once(parent, 'exit'))[0]).toBe(1)
})

it('takes its programs with it when it is killed', async () => {
  const pids = (await startAll('calm')).filter((_, i) => i % 2 === 0)
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  await expect.poll(() => aliveOf(pids)).toEqual([])
})
