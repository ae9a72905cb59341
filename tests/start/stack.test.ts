import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newParts } from '../../cli/parts.ts'
import { type Stack, startStack } from '../../cli/stack.ts'
import { connect, roleProblem } from '../../lib/store/database.ts'
import { aliveOf } from './processes.ts'
import { standInCheckout } from './standIn.ts'

let checkout: { root: string; remove(): Promise<void> }
let stack: Stack
const troubles: string[] = []
const said: string[] = []

beforeAll(async () => {
  checkout = await standInCheckout()
  stack = await startStack({
    checkout: checkout.root,
    home: join(checkout.root, 'home'),
    port: 0,
    parts: newParts((name, error) => troubles.push(`${name}: ${String(error)}`)),
    sample: null,
    settings: { RINGS: 'off', SCHEDULER_SECONDS: '1' },
    step: (_, work) => work(),
    say: (line) => said.push(line),
  })
})
afterAll(async () => {
  await stack.stop()
  await checkout.remove()
  expect(troubles).toEqual([])
})

const room = async () => (await fetch(stack.url)).json() as Promise<{ pid: number; env: Record<string, string> }>
const platform = async () => (await fetch(stack.platform.url)).json() as Promise<{ pid: number }>

it('starts beside other stacks, with settings of its own', async () => {
  expect((await room()).env).toMatchObject({ RINGS: 'off', SCHEDULER_SECONDS: '1', SCHEDULER: 'on' })
})

it('hands out a login that owns nothing, and one that migrates', async () => {
  const sql = connect(stack.database.appUrl, 1)
  expect(await roleProblem(sql)).toBe(null)
  await sql.end()
  expect(stack.database.applied.length).toBeGreaterThan(0)
})

it('makes an owner', async () => {
  const sql = connect(stack.database.adminUrl, 1)
  expect(await sql`select role from people`).toEqual([{ role: 'owner' }])
  await sql.end()
})

it('kills Nightshift and nothing else, keeps it down, and starts it again', async () => {
  const before = { room: (await room()).pid, platform: (await platform()).pid }
  await stack.killNightshift()
  expect(await aliveOf([before.room])).toEqual([])
  await expect(room()).rejects.toThrow()
  expect((await platform()).pid).toBe(before.platform)
  await stack.startNightshift()
  expect((await room()).pid).not.toBe(before.room)
  expect((await platform()).pid).toBe(before.platform)
})

it('has its database back after kill -9, with what was committed', async () => {
  const pid = Number(
    (await readFile(join(checkout.root, 'home/postgresql/data-17/postmaster.pid'), 'utf8')).split('\n')[0],
  )
  process.kill(pid, 'SIGKILL')
  const role = async () => {
    const sql = connect(stack.database.adminUrl, 1)
    const rows = await sql`select role from people`.finally(() => sql.end({ timeout: 1 }))
    return rows[0]?.role
  }
  await expect.poll(() => role().catch(() => 'down'), { timeout: 60_000 }).toBe('owner')
  expect(said).toContain('PostgreSQL ended; it is started again.')
})

it('has no traffic without a sample', () => {
  expect(() => stack.startTraffic()).toThrow('no sample app')
})
