import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Lease } from '../../lib/domain/work.ts'
import { auditOf } from '../../lib/store/audit.ts'
import { claimEffect, settleEffect } from '../../lib/store/effects.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { go, projectWithLease, request, SHA, said, TREE } from './fixture.ts'

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

const claim = async (more: Parameters<typeof request>[1] = {}) =>
  said(await claimEffect(sql, lease, request(project, more), false))

test('a change with everything in order is allowed once, and its intent is written before', async () => {
  expect(await claim()).toBe('yes')
  const [newest] = await auditOf(sql, project, 1)
  expect(newest).toMatchObject({
    what: 'effect.intent',
    actor: 'releaser',
    body: { key: 'k', kind: 'push', tree: TREE },
  })
  expect(await claim()).toBe('wait')
  await settleEffect(sql, project, 'k', 'confirmed', { sha: SHA })
  expect(await claim()).toBe('confirmed')
  expect((await auditOf(sql, project, 1))[0]).toMatchObject({
    what: 'effect.confirmed',
    body: { receipt: { sha: SHA } },
  })
})

test('an effect past its deadline is asked about, and never sent again by itself', async () => {
  expect(await claim({ timeoutSeconds: 0 })).toBe('yes')
  expect(await claim({ timeoutSeconds: 0 })).toBe('ask')
})

test.each([
  ['another tree under the same key', { tree: 'd'.repeat(40) }, 'same key, other effect'],
  ['another target under the same key', { target: 'staging' as const }, 'same key, other effect'],
  ['another kind under the same key', { kind: 'deploy' as const }, 'same key, other effect'],
])('%s is refused', async (_, more, reason) => {
  await claim()
  expect(await claim(more)).toBe(`no: ${reason}`)
})

test.each([
  ['an older policy', () => ({ decision: go(0) }), 'policy changed'],
  [
    'a window that has not opened',
    () => ({ decision: go(1, { from: new Date(Date.now() + 60_000).toISOString() }) }),
    'outside its window',
  ],
  [
    'a window that has closed',
    () => ({ decision: go(1, { until: new Date(Date.now() - 1).toISOString() }) }),
    'outside its window',
  ],
  ['a stop', () => ({ decision: go(1, { answer: 'stop' }) }), 'the decision says stop'],
  ['an ask without approval', () => ({ decision: go(1, { answer: 'ask' }) }), 'no approval for this tree'],
  ['an unknown kind', () => ({ kind: 'wish' as never }), 'unknown kind'],
])('%s is refused, and the refusal is in the audit', async (_, more, reason) => {
  expect(await claim(more())).toBe(`no: ${reason}`)
  expect((await auditOf(sql, project, 1))[0]).toMatchObject({ what: 'effect.refused', body: { reason } })
  expect(await sql`select 1 from effects`).toHaveLength(0)
})

test('a lost lease is refused, for restores too', async () => {
  await db.admin`update nightshift.work set fence = fence + 1`
  expect(await claim()).toBe('no: lease lost')
  expect(await claim({ kind: 'rollback' })).toBe('no: lease lost')
})

test('an expired lease is refused', async () => {
  await db.admin`update nightshift.work set lease_until = now() - interval '1 second'`
  expect(await claim()).toBe('no: lease lost')
})

test('while paused nothing changes, and notices still go out', async () => {
  await db.admin`update nightshift.projects set paused_at = now()`
  expect(await claim()).toBe('no: paused')
  expect(await claim({ key: 'n', kind: 'tell', target: 'inbox', tree: null, fix: null })).toBe('yes')
})

test('the daily cap holds under twenty workers at once', async () => {
  await db.admin`update nightshift.projects set cap_per_day = 10`
  const keys = Array.from({ length: 40 }, (_, i) => `promote-${i}`)
  const answers = await Promise.all(keys.map((key) => claim({ key, kind: 'promote', target: 'production' })))
  expect(answers.filter((answer) => answer === 'yes')).toHaveLength(10)
  expect(answers.filter((answer) => answer === 'no: daily cap')).toHaveLength(30)
})

test('yesterday in the project’s own zone does not count today', async () => {
  await db.admin`update nightshift.projects set cap_per_day = 1`
  expect(await claim({ key: 'one', kind: 'promote', target: 'production' })).toBe('yes')
  expect(await claim({ key: 'two', kind: 'promote', target: 'production' })).toBe('no: daily cap')
  await db.admin`update nightshift.effects set at = date_trunc('day', now(), 'Europe/London') - interval '1 second'`
  expect(await claim({ key: 'two', kind: 'promote', target: 'production' })).toBe('yes')
})
