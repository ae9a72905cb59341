import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { type Call, perform, recover, type Ticket } from '../../lib/actions/perform.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { auditOf } from '../../lib/store/audit.ts'
import { inFlight } from '../../lib/store/effects.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { projectWithLease, request } from '../store/fixture.ts'

/** A far side with behaviour: it keeps what was done, and can fail in the ways real ones do. */
type Mood = 'well' | 'lost-answer' | 'crash-before' | 'does-nothing' | 'refuses' | 'late'

function farSide(moods: Mood[]) {
  const done: string[] = []
  const sent: Ticket[] = []
  const call: Call<{ done: string }> = {
    async send(ticket) {
      const mood = moods[sent.length] ?? 'well'
      sent.push(ticket)
      if (mood === 'refuses') return { refused: 'the branch moved' }
      if (mood === 'crash-before') throw new Error('connection refused')
      if (mood === 'late') setTimeout(() => done.push(ticket.key), 50)
      else if (mood !== 'does-nothing') done.push(ticket.key)
      if (mood === 'lost-answer') throw new Error('socket hang up')
    },
    // As on a real far side: what is looked for is the thing itself, whichever try made it.
    ask: async () => (done.length > 0 ? { done: done.at(-1)! } : null),
  }
  return { call, done, sent }
}

let db: FreshDatabase
let sql: Sql
let project: number
let lease: Lease
const open: FreshDatabase[] = []

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  sql = db.sql
  ;({ project, lease } = await projectWithLease(sql))
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

let halted = false
const attempt = (call: Call<{ done: string }>, timeoutSeconds = 30) =>
  perform({ sql, halted }, lease, request(project, { timeoutSeconds }), call)
const pastDeadline = () => db.admin`update nightshift.effects set deadline = now() - interval '1 second'`
const whats = async () =>
  (await auditOf(sql, project)).map((row) => row.what).filter((what) => what.startsWith('effect.'))

test('done is said after reading it back, and only once', async () => {
  const far = farSide(['well'])
  expect(await attempt(far.call)).toEqual({ state: 'confirmed', receipt: { done: 'k' } })
  expect(await attempt(far.call)).toEqual({ state: 'confirmed', receipt: { done: 'k' } })
  expect(far.sent).toHaveLength(1)
  expect(await whats()).toEqual(['effect.confirmed', 'effect.intent'])
})

test('an answer lost after success is found out by asking, not by sending again', async () => {
  const far = farSide(['lost-answer'])
  await expect(attempt(far.call)).rejects.toThrow('socket hang up')
  expect(await attempt(far.call)).toMatchObject({ state: 'waiting' })
  await pastDeadline()
  expect(await attempt(far.call)).toEqual({ state: 'confirmed', receipt: { done: 'k' } })
  expect(far.done).toEqual(['k'])
})

test('a far side that answers done and does nothing is caught', async () => {
  const far = farSide(['does-nothing', 'does-nothing', 'does-nothing'])
  for (let i = 0; i < 3; i++) {
    expect(await attempt(far.call)).toMatchObject({ state: 'waiting', why: expect.stringContaining('not yet seen') })
    await pastDeadline()
    expect(await attempt(far.call)).toMatchObject({ state: 'waiting', why: expect.stringContaining('did not happen') })
  }
  expect(await attempt(far.call)).toMatchObject({ state: 'failed' })
  expect(await whats()).not.toContain('effect.confirmed')
})

test('a call that never arrived is tried again under a new key', async () => {
  const far = farSide(['crash-before', 'well'])
  await expect(attempt(far.call)).rejects.toThrow('connection refused')
  await pastDeadline()
  await attempt(far.call)
  expect(await attempt(far.call)).toEqual({ state: 'confirmed', receipt: { done: 'k#2' } })
  expect(far.done).toEqual(['k#2'])
})

test('what shows up a little late is confirmed, not repeated', async () => {
  const far = farSide(['late'])
  expect(await attempt(far.call)).toMatchObject({ state: 'waiting' })
  await new Promise((resolve) => setTimeout(resolve, 120))
  await pastDeadline()
  expect(await attempt(far.call)).toMatchObject({ state: 'confirmed' })
  expect(far.sent).toHaveLength(1)
})

test('three refusals by the far side end it', async () => {
  const far = farSide(['refuses', 'refuses', 'refuses', 'well'])
  for (let i = 0; i < 3; i++) await attempt(far.call)
  expect(await attempt(far.call)).toEqual({ state: 'failed', why: 'the branch moved' })
  expect(far.sent).toHaveLength(3)
})

test('a worker that lost its lease sends nothing', async () => {
  await db.admin`update nightshift.work set fence = fence + 1`
  const far = farSide(['well'])
  expect(await attempt(far.call)).toEqual({ state: 'refused', reason: 'lease lost' })
  expect(far.sent).toHaveLength(0)
})

test('twenty workers with one lease send once', async () => {
  const far = farSide(['well'])
  await Promise.all(Array.from({ length: 20 }, () => attempt(far.call)))
  expect(far.sent).toHaveLength(1)
})

test('with the kill switch on nothing is sent, and the refusal is written down', async () => {
  halted = true
  const far = farSide(['well'])
  expect(await attempt(far.call)).toEqual({ state: 'refused', reason: 'the kill switch is on' })
  halted = false
  expect(far.sent).toHaveLength(0)
  expect(await whats()).toEqual(['effect.refused'])
})

test('a worker that was stopped for longer than its call may take sends nothing any more', async () => {
  const done: string[] = []
  const stopped: Call<{ done: string }> = {
    async send(ticket) {
      await new Promise((resolve) => setTimeout(resolve, 600))
      ticket.still()
      done.push(ticket.key)
      return undefined
    },
    ask: async () => null,
  }
  await expect(attempt(stopped, 1)).rejects.toThrow('stopped for longer')
  expect(done).toEqual([])
})

test('what somebody else began is waited for until its deadline, then asked about, and never sent', async () => {
  const far = farSide(['lost-answer'])
  await expect(attempt(far.call)).rejects.toThrow()
  const open = async () => (await inFlight(sql, project))[0]!
  expect(await recover({ sql, halted }, project, await open(), far.call)).toMatchObject({ state: 'waiting' })
  await pastDeadline()
  expect(await recover({ sql, halted }, project, await open(), far.call)).toMatchObject({ state: 'confirmed' })
  expect(far.sent).toHaveLength(1)
  expect(await inFlight(sql, project)).toEqual([])
})
