import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Child, spawnChild } from '../../cli/children.ts'
import { aliveOf, endLeftovers, pidsIn } from './processes.ts'

const FAMILY = join(import.meta.dirname, 'programs/family.mjs')

let logs: string
let child: Child | undefined
let pids: number[]
beforeEach(async () => {
  pids = []
  logs = join(await mkdtemp(join(tmpdir(), 'ns-children-')), 'logs')
})
afterEach(async () => {
  await child?.kill()
  await endLeftovers(pids)
  await rm(join(logs, '..'), { recursive: true, force: true })
})

/** Starts the program and waits until it has told its pids. */
async function start(manner: string, env: Record<string, string> = {}): Promise<void> {
  const said = await new Promise<string>((resolve) => {
    const onLine = (line: string) => line.startsWith('pids') && resolve(line)
    child = spawnChild({ name: 'family', argv: [process.execPath, FAMILY, manner], cwd: '/', env, logs, onLine })
  })
  pids = pidsIn(said)
}

it('stops a program and what it started', async () => {
  await start('calm')
  expect(await aliveOf(pids)).toEqual(pids)
  await child?.stop()
  await expect.poll(() => aliveOf(pids)).toEqual([])
})

it('insists where a program does not listen', async () => {
  await start('deaf')
  await child?.stop(100)
  expect(await child?.ended).toBe('ended with SIGKILL')
  await expect.poll(() => aliveOf(pids)).toEqual([])
})

it('kills at once', async () => {
  await start('deaf')
  await child?.kill()
  await expect.poll(() => aliveOf(pids)).toEqual([])
})

it('leaves nothing of a program that ended by itself', async () => {
  await start('soon')
  expect(await child?.ended).toBe('ended with 3')
  await expect.poll(() => aliveOf(pids)).toEqual([])
})

it('gives it the environment it was given, and none of ours', async () => {
  await start('calm', { GREETING: 'hello' })
  const environ = await readFile(`/proc/${child?.pid}/environ`, 'utf8')
  expect(environ.split('\0').filter(Boolean)).toEqual(['GREETING=hello'])
})

it('keeps both streams in a log that only the owner reads, each line with its time', async () => {
  await start('calm')
  await expect.poll(() => child?.tail()).toContain('stderr')
  await child?.stop()
  await expect
    .poll(() => readFile(join(logs, 'family.log'), 'utf8'))
    .toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z a word on stderr$/m)
  expect(await readFile(join(logs, 'family.log'), 'utf8')).toContain(`pids ${pids[0]} `)
  expect((await stat(join(logs, 'family.log'))).mode & 0o777).toBe(0o600)
  expect(child?.tail()).toContain(join(logs, 'family.log'))
})

it('says of a program that cannot be run that it cannot', async () => {
  child = spawnChild({ name: 'absent', argv: ['/nonexistent/program'], cwd: '/', env: {}, logs })
  expect(await child.ended).not.toBe('ended with 0')
  await child.stop()
})
