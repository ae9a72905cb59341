import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BACKOFF_MS, type Supervised, supervise } from '../../cli/supervise.ts'
import { aliveOf } from './processes.ts'

const FAMILY = join(import.meta.dirname, 'programs/family.mjs')

let logs: string
let kept: Supervised
let restarts: { how: string; inMs: number }[]
beforeEach(async () => {
  logs = await mkdtemp(join(tmpdir(), 'ns-supervise-'))
  restarts = []
})
afterEach(async () => {
  await kept.stop()
  await rm(logs, { recursive: true, force: true })
})

function keep(manner: string, backoff: number[]): void {
  const program = {
    name: 'family',
    argv: [process.execPath, FAMILY, manner] as [string, ...string[]],
    cwd: '/',
    env: {},
    logs,
  }
  kept = supervise(program, (how, inMs) => restarts.push({ how, inMs }), backoff)
}

it('starts a program again that ends by itself, after pauses that grow', async () => {
  keep('soon', [10, 20, 30])
  await expect.poll(() => restarts.length, { timeout: 30_000 }).toBeGreaterThan(3)
  expect(restarts.slice(0, 4)).toEqual([10, 20, 30, 30].map((inMs) => ({ how: 'ended with 3', inMs })))
})

it('starts it again after somebody else killed it', async () => {
  keep('calm', [10])
  const before = kept.current()?.pid ?? 0
  process.kill(before, 'SIGKILL')
  await expect.poll(() => kept.current()?.pid ?? before).not.toBe(before)
  expect(restarts).toEqual([{ how: 'ended with SIGKILL', inMs: 10 }])
})

it('leaves it down after a kill that was asked for, until it is started', async () => {
  keep('calm', [1])
  const before = kept.current()?.pid ?? 0
  await kept.kill()
  expect(kept.current()).toBe(null)
  expect(restarts).toEqual([])
  expect(kept.start().pid).not.toBe(before)
})

it('does not start a second one where one runs', () => {
  keep('calm', [1])
  expect(kept.start()).toBe(kept.current())
})

it('starts nothing after it was stopped between two starts', async () => {
  keep('soon', [200])
  await expect.poll(() => restarts.length, { timeout: 30_000 }).toBe(1)
  await kept.stop()
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(kept.current()).toBe(null)
  expect(restarts).toHaveLength(1)
})

it('stops it for good', async () => {
  keep('calm', [1])
  const pid = kept.current()?.pid ?? 0
  await kept.stop()
  expect(await aliveOf([pid])).toEqual([])
})

it('waits half a second at first and half a minute at most', () => {
  expect(BACKOFF_MS[0]).toBe(500)
  expect(BACKOFF_MS.at(-1)).toBe(30_000)
  expect([...BACKOFF_MS].sort((a, b) => a - b)).toEqual(BACKOFF_MS)
})
