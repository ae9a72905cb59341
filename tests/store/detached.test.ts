import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lease } from '../../lib/domain/work.ts'
import * as detached from '../../lib/store/detached.ts'
import { claimWork } from '../../lib/store/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { projectWithLease } from './fixture.ts'

/** What a step began elsewhere is its holder's, and the first word on it stands. */
let db: FreshDatabase
let lease: Lease
let next: Lease
beforeAll(async () => {
  db = await freshDatabase()
  ;({ lease } = await projectWithLease(db.sql))
})
afterAll(() => db.drop())

const run = { kind: 'run', key: 'a'.repeat(64), turn: 0 } as const
const answer = { kind: 'answer', key: 'b'.repeat(64), turn: 0 } as const
const at = (what: detached.DetachedKey = run, by = lease) => detached.detachedAt(db.sql, by, what)

test('it is there once, from when it was begun, however often it is looked up', async () => {
  expect(await at()).toMatchObject({ startedAt: null, result: null })
  await db.admin`update nightshift.detached set begun_at = now() - interval '5 minutes'`
  expect((await at())!.beganMsAgo).toBeGreaterThan(299_000)
  expect(await db.sql`select 1 from detached`).toHaveLength(1)
  // Equal ones of one step are told apart by their turn.
  await at({ ...run, turn: 1 })
  await at(answer)
  expect((await detached.detachedRuns(db.sql, lease)).map(({ kind, turn }) => [kind, turn])).toEqual([
    ['run', 0],
    ['run', 1],
  ])
})

test('when it started and how it ended are said once', async () => {
  await detached.detachedStarted(db.sql, lease, run)
  const first = (await at())!.startedAt
  await detached.detachedStarted(db.sql, lease, run)
  expect((await at())!.startedAt).toEqual(first)
  await detached.detachedEnded(db.sql, lease, run, Buffer.from('one'))
  await detached.detachedEnded(db.sql, lease, run, Buffer.from('two'))
  expect((await at())!.result?.toString()).toBe('one')
  expect(await at({ ...run, turn: 1 })).toMatchObject({ startedAt: null, result: null })
})

test('whoever was overtaken begins nothing, sees nothing and takes nothing away', async () => {
  await db.admin`update nightshift.work set lease_until = null, due_at = now()`
  next = (await claimWork(db.sql, 'releaser', 60))!
  expect(next.fence).toBeGreaterThan(lease.fence)
  expect([await at(), await at({ ...run, turn: 7 }), await detached.detachedRuns(db.sql, lease)]).toEqual([
    null,
    null,
    [],
  ])
  await detached.forgetDetached(db.sql, lease)
  expect(await db.sql`select 1 from detached`).toHaveLength(3)
  // The one that holds it now goes on with what is there.
  expect((await at(run, next))!.result?.toString()).toBe('one')
  await detached.forgetDetached(db.sql, next)
  expect(await db.sql`select 1 from detached`).toHaveLength(0)
})

test('what is no key, no kind and no step of anybody’s is not kept', async () => {
  await expect(at({ ...run, key: 'a name' }, next)).rejects.toThrow(/check/)
  await expect(at({ ...run, kind: 'walk' as 'run' }, next)).rejects.toThrow(/check/)
  await expect(at({ ...run, turn: -1 }, next)).rejects.toThrow(/check/)
  expect(await at(run, { ...next, subject: 'release:99' })).toBeNull()
})
