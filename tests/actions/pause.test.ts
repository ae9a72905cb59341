import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Lease } from '../../lib/domain/work.ts'
import { claimEffect, settleEffect } from '../../lib/store/effects.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { projectWithLease, request, said } from '../store/fixture.ts'
import { type Desk, openDesk } from './desk.ts'

let db: FreshDatabase
let sql: Sql
let desk: Desk
let lease: Lease
const open: (() => unknown)[] = []

beforeEach(async () => {
  db = await freshDatabase()
  sql = db.sql
  ;({ lease } = await projectWithLease(sql))
  desk = await openDesk(sql, db.admin)
  open.push(db.drop, desk.close)
})
afterAll(() => Promise.all(open.map((close) => close())))

const claim = async (more: object = {}) => said(await claimEffect(sql, lease, request(1, more), false))
const pause = () => desk.decide(desk.people.operator, 'pause', { project: 'shop' })

test('a pause waits for the call that is under way', async () => {
  await claim()
  const settled = new Promise((resolve) => setTimeout(() => resolve(settleEffect(sql, 1, 'k', 'confirmed', {})), 300))
  const began = performance.now()
  expect((await pause()).body).toMatchObject({ state: 'paused', inFlight: [] })
  expect(performance.now() - began).toBeGreaterThan(250)
  await settled
})

test('a call whose end nobody will see is named as unknown, and not waited for', async () => {
  await claim({ timeoutSeconds: 0 })
  const began = performance.now()
  expect((await pause()).body).toMatchObject({
    state: 'draining',
    inFlight: [{ key: 'k', kind: 'push', target: 'branch', unknown: true }],
  })
  expect(performance.now() - began).toBeLessThan(2000)
  expect(await claim({ key: 'another' })).toBe('no: paused')
})

test('a call that takes too long is named, and "paused" is not said', async () => {
  await claim({ timeoutSeconds: 60 })
  expect((await pause()).body).toMatchObject({ state: 'draining', inFlight: [{ unknown: false }] })
  await settleEffect(sql, 1, 'k', 'failed', {})
  expect((await pause()).body).toMatchObject({ state: 'paused', answer: 'already' })
})

test('a notice is neither waited for nor held back', async () => {
  const tell = { kind: 'tell', target: 'inbox', tree: null, fix: null }
  await claim({ ...tell, key: 'n' })
  expect((await pause()).body).toMatchObject({ state: 'paused' })
  expect(await claim({ ...tell, key: 'm' })).toBe('yes')
})
