import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { repair } from '../../agents/implementer/implementer.ts'
import { diagnose } from '../../agents/investigator/investigator.ts'
import { watch } from '../../agents/watcher/watcher.ts'
import type { ModelFailure } from '../../lib/domain/model.ts'
import type { SandboxResult } from '../../lib/domain/sandbox.ts'
import { fixesOf } from '../../lib/store/fixes.ts'
import { issue } from '../../lib/store/issues.ts'
import { claimWork } from '../../lib/store/work.ts'
import type { Model, Sandbox } from '../../lib/world.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { saying, text } from './model/bench.ts'
import { minute, type SmallWorld, smallWorld } from './world.ts'

/** What keeps an attempt from being made costs none: the draft waits. */

let db: FreshDatabase
let sql: Sql
let w: SmallWorld
let installs: Awaited<ReturnType<Sandbox['install']>>
const open: FreshDatabase[] = []

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  sql = db.sql
  w = await smallWorld(sql)
  const dependencies = JSON.stringify({ dependencies: { left: '1.0.0' } })
  w.files['package.json'] = dependencies
  w.files['nightshift.json'] = JSON.stringify({ start: 'node app.js', test: { run: 'npm test', report: 'tap' } })
  w.traffic = [minute('production')]
  installs = { ok: true, key: 'k', ms: 1, cached: false }
  await w.event()
  await watch(w.reader, (await claimWork(sql, 'watcher', 60))!)
  await diagnose(w.reader, (await claimWork(sql, 'investigator', 60))!)
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

/** A sandbox in which the fault of production shows, and no recipe fits. */
async function sandbox(): Promise<Sandbox> {
  const { fingerprint } = (await issue(sql, 1))!
  const answer = { status: 500, body: '', fingerprints: [fingerprint], errors: [], ms: 1 }
  const told = (value: unknown): SandboxResult => ({
    ...{ end: 'exited', exit: 0, stdout: JSON.stringify(value), stderr: '', truncated: false, egress: 0, ms: 1 },
  })
  return {
    async run({ argv, stdin }) {
      if (argv.at(-1)?.endsWith('repair.js')) return told([])
      const task = JSON.parse(stdin ?? '')
      if (task.kind === 'minimise') return told({ kind: 'minimise', request: task.request, kept: [], sent: 1 })
      return told({ kind: 'replay', answers: [answer], smoke: [], startedMs: 1 })
    },
    install: async () => installs,
    adopt: async () => ({ ok: false, why: 'nothing is installed here' }),
    selfTest: async () => ({ ok: true, boundary: 'none', probes: [] }),
  }
}

async function attempt(model: Model, now = new Date()) {
  await sql`update work set agent = 'implementer', due_at = now(), lease_until = null where subject = 'issue:1'`
  const lease = (await claimWork(sql, 'implementer', 60))!
  const world = { ...w.reader, clock: { now: () => now }, sandbox: await sandbox(), model: () => model }
  return repair(world, lease)
}
const fixes = async () => (await fixesOf(sql, 1)).map(({ attempt, state }) => `${attempt} ${state}`)
const waits = async () => (await sql`select 1 from audit where what = 'fix.waits'`).length

test.each<[ModelFailure, number]>([
  ['unavailable', 60_000],
  ['limited', 60_000],
  ['timed-out', 60_000],
  ['paused', 60_000],
  ['over-budget', 3_600_000],
])('a model that is %s costs no attempt: the draft waits, and it is written down', async (why, least) => {
  for (let i = 0; i < 4; i++) {
    const next = await attempt(saying([why]))
    expect(next).toMatchObject({ agent: 'implementer' })
    expect(next !== 'done' && next.inMs >= least && next.inMs <= 3_600_000).toBe(true)
  }
  expect(await fixes()).toEqual(['1 drafting'])
  expect(await waits()).toBe(4)
})

test('after a day of it a person is told', async () => {
  expect(await attempt(saying(['unavailable']), new Date(Date.now() + 25 * 3_600_000))).toEqual({
    ...{ agent: 'releaser', inMs: 0 },
  })
  expect(await fixesOf(sql, 1)).toMatchObject([
    { state: 'refused', final: true, why: expect.stringContaining('a day') },
  ])
})

test.each<[string, Model]>([
  ['sees no repair', saying([text({ edits: [], explanation: 'The caller sends no practice.' })])],
  ['may cost no more for this issue', saying(['spent'])],
])('a model that %s is not asked twice more', async (_, model) => {
  expect(await attempt(model)).toEqual({ agent: 'releaser', inMs: 0 })
  expect(await fixesOf(sql, 1)).toMatchObject([{ state: 'refused', final: true }])
})

test('an answer that is no good is an attempt, and a key that is refused too', async () => {
  expect(await attempt(saying([text('I would change line 2.')]))).toEqual({ agent: 'implementer', inMs: 0 })
  expect(await attempt(saying(['unauthorised']))).toEqual({ agent: 'implementer', inMs: 0 })
  expect(await fixes()).toEqual(['1 refused', '2 refused'])
})

test('a registry that does not answer is waited for; an install that fails by itself is an attempt', async () => {
  const failed = (output: string) => ({ ok: false as const, why: 'The install command ended with status 1.', output })
  installs = failed('npm error code E502\nnpm error 502 Bad Gateway - GET http://127.0.0.1/left\n')
  expect(await attempt(saying(['refused']))).toMatchObject({ agent: 'implementer', inMs: 60_000 })
  expect(await fixes()).toEqual(['1 drafting'])
  installs = failed('npm error code EUSAGE\nnpm error `npm ci` can only install with an existing package-lock.json\n')
  expect(await attempt(saying(['refused']))).toEqual({ agent: 'implementer', inMs: 0 })
  installs = failed('refused: CONNECT github.com:443\nnpm error getaddrinfo ENOTFOUND github.com\n')
  expect(await attempt(saying(['refused']))).toEqual({ agent: 'implementer', inMs: 0 })
  expect(await fixes()).toEqual(['1 refused', '2 refused'])
})
