import { afterAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { durably } from '../../../agents/durable/step.ts'
import { Suspended } from '../../../agents/durable/suspended.ts'
import { formatted } from '../../../agents/implementer/format.ts'
import { tool } from '../../../agents/tools/tool.ts'
import { registerProject } from '../../../lib/actions/registerProject.ts'
import { type ModelRequest, NOTHING_USED } from '../../../lib/domain/model.ts'
import type { SandboxRun } from '../../../lib/domain/sandbox.ts'
import type { Next } from '../../../lib/domain/work.ts'
import { addWork, claimWork, finishWork } from '../../../lib/store/work.ts'
import type { Reader, Runner, Sandbox } from '../../../lib/world.ts'
import { type FreshDatabase, freshDatabase } from '../../harness.ts'
import { FarSide } from './farSide.ts'

const SUBJECT = 'issue:7'
const open: FreshDatabase[] = []
let db: FreshDatabase
let far: FarSide
/** Model calls that were begun: what is paid for. */
let asked: number
let seen: string[]

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  far = new FarSide()
  asked = 0
  seen = []
  const settings = { repository: '/srv/shop.git', app: 'shop' }
  const { id } = await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings })
  await addWork(db.sql, SUBJECT, id, 'implementer')
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

const run = (word: string): SandboxRun => ({ files: [{ path: 'a', bytes: Buffer.from(word) }], argv: ['echo', word] })
const REQUEST: ModelRequest = {
  ...{
    task: 'fix',
    system: 'us',
    turns: [],
    tools: [],
    schema: null,
    effort: 'low',
    maxTokens: 100,
    timeoutMs: 300_000,
  },
}

const never = () => Promise.reject(new Error('not in a test'))
const world = () => {
  const { point, ...detached } = far.process()
  return {
    sql: db.sql,
    sandbox: { run: never, install: never, adopt: never, selfTest: never, detached } satisfies Sandbox,
    model: () => ({
      async ask() {
        await point()
        asked += 1
        return {
          ok: true,
          blocks: [{ type: 'text', text: 'a patch' }],
          usage: NOTHING_USED,
          usd: 1,
          calls: 1,
          ms: 5,
          tried: [],
        }
      },
    }),
  } as unknown as Reader & Runner
}

/** What a step of an agent does, in small: runs that are equal, one after them, a question, and another run. */
async function step({ sandbox, model }: Reader & Runner): Promise<Next> {
  const pair = await Promise.all([sandbox.run(run('same')), sandbox.run(run('same'))])
  const other = await sandbox.run(run('other'))
  const answer = await model?.(null as never, 'fix').ask(REQUEST)
  const last = await sandbox.run(run(JSON.stringify(answer?.ok)))
  seen = [...pair, other, last].map(({ stdout }) => stdout)
  return { agent: 'releaser', inMs: 0 }
}

/** One tick of a process: what it leaves, or null where it was killed in it. */
async function process(deadlineMs = 600_000): Promise<Next | null> {
  await db.admin`update nightshift.work set lease_until = null, due_at = now() where subject = ${SUBJECT}`
  const lease = await claimWork(db.sql, 'implementer', 60)
  if (!lease) throw new Error('there was nothing to do')
  const killed = new Promise<null>((resolve) => (far.onKill = () => resolve(null)))
  const next = await Promise.race([
    durably('implementer', world(), performance.now() + deadlineMs, step)(lease),
    killed,
  ])
  if (next) await finishWork(db.sql, lease, next)
  return next
}
const rows = async () => (await db.sql<{ n: number }[]>`select count(*)::int as n from detached`)[0]?.n
const AFTER = ['echo same\u0000', 'echo same\u0000', 'echo other\u0000', 'echo true\u0000']

test('killed at any point, each run has one machine, and each answer is paid for once', async () => {
  expect(await process()).toEqual({ agent: 'releaser', inMs: 0 })
  const { points } = far
  expect(points).toBeGreaterThan(25)
  for (let at = 1; at <= points; at++) {
    far = new FarSide()
    far.killAt = at
    asked = 0
    await db.admin`update nightshift.work set agent = 'implementer' where subject = ${SUBJECT}`
    expect(await process(), `point ${at}`).toBeNull()
    far.killAt = Number.POSITIVE_INFINITY
    expect(await process(), `after point ${at}`).toEqual({ agent: 'releaser', inMs: 0 })
    expect(seen).toEqual(AFTER)
    expect([far.made, asked, await rows()], `point ${at}`).toEqual([4, 1, 0])
    for (const machine of far.machines.values()) expect(machine).toMatchObject({ begun: 1, dropped: true })
  }
})

test('a tick that is over leaves its runs to the next, which goes on where it stopped', async () => {
  far.quick = false
  const looks: (Next | null)[] = []
  // Two runs side by side, one after them, and a question that so short a tick has no time for.
  for (let ticks = 0; ticks < 4; ticks++) {
    looks.push(await process(5300))
    far.endAll()
    await db.admin`update nightshift.work set agent = 'implementer' where subject = ${SUBJECT}`
  }
  expect(looks).toEqual(looks.map(() => ({ agent: 'implementer', inMs: 2000 })))
  expect([far.made, asked]).toEqual([3, 0])
  far.quick = true
  expect(await process()).toEqual({ agent: 'releaser', inMs: 0 })
  expect([far.made, asked, seen, await rows()]).toEqual([4, 1, AFTER, 0])
})

test('a machine that is gone was ended: no status, and never without an attempt to reach another host', async () => {
  far.quick = false
  await process(5300)
  for (const machine of far.machines.values()) machine.dropped = true
  far.quick = true
  let first: unknown
  const lease = await reclaim()
  await durably('implementer', world(), performance.now() + 60_000, async ({ sandbox }) => {
    first = await sandbox.run(run('same'))
    return 'done'
  })(lease)
  expect(first).toMatchObject({ end: 'killed', exit: null, egress: 1 })
})

async function reclaim() {
  await db.admin`update nightshift.work set lease_until = null, due_at = now() where subject = ${SUBJECT}`
  const lease = await claimWork(db.sql, 'implementer', 60)
  if (!lease) throw new Error('there was nothing to do')
  return lease
}

test('a worker that was overtaken begins nothing, and takes nothing from its successor', async () => {
  const old = await reclaim()
  const lease = await reclaim()
  await durably('implementer', world(), performance.now() + 5300, async (w) => {
    far.quick = false
    await w.sandbox.run(run('slow'))
    return 'done'
  })(lease)
  expect([far.made, await rows()]).toEqual([1, 1])
  const late = durably('implementer', world(), performance.now() + 60_000, step)(old)
  await expect(late).rejects.toMatchObject({ code: 'LEASE_LOST' })
  expect([far.made, await rows()]).toEqual([1, 1])
  expect([...far.machines.values()].some(({ dropped }) => dropped)).toBe(false)
})

test('a step that fails begins anew, and leaves nothing running', async () => {
  const lease = await reclaim()
  const failing = durably('implementer', world(), performance.now() + 60_000, async ({ sandbox }) => {
    await sandbox.run(run('one'))
    throw new Error('trouble')
  })
  await expect(failing(lease)).rejects.toThrow('trouble')
  expect(await rows()).toBe(0)
  expect([...far.machines.values()].every(({ dropped }) => dropped)).toBe(true)
})

test('where runs end with their process nothing is different', async () => {
  const { sandbox, ...rest } = world()
  const { detached, ...plain } = sandbox
  let given: unknown
  await durably('implementer', { ...rest, sandbox: plain } as Reader & Runner, 0, async (w) => {
    given = w.sandbox
    return 'done'
  })(await reclaim())
  expect(given).toBe(plain)
  expect(detached).toBeDefined()
})

test('whoever takes every error for an answer lets a suspension pass', async () => {
  const one = tool('look', 'looks', z.strictObject({}), () => Promise.reject(new Suspended()))
  await expect(one.call({})).rejects.toBeInstanceOf(Suspended)
  const texts = { 'package.json': '{"devDependencies":{"prettier":"3"}}', '.prettierrc': '{}', 'a.js': 'a\n' }
  const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.from(text) }))
  const bench = { texts, files, dependencies: null, sandbox: { run: () => Promise.reject(new Suspended()) } }
  await expect(formatted(bench as never, [{ path: 'a.js', text: 'b\n' }])).rejects.toBeInstanceOf(Suspended)
})
