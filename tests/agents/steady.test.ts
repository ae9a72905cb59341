import { afterAll, beforeEach, expect, test } from 'vitest'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, type Shipping, shipping } from './release.ts'

/** Other faults go on while a release is looked at: its window has an end, and what comes later is not waited for. */
let db: FreshDatabase
let s: Shipping
const open: (() => unknown)[] = []

beforeEach(async () => {
  db = await freshDatabase()
  s = await shipping(db)
  s.host.answers['/launch'] = 404
  open.push(db.drop, s.close)
})
afterAll(() => Promise.all(open.map((close) => close())))

let ids = 0
const arrives = (afterMs: number) => db.sql`
  insert into events (project, source, external_id, body, received_at)
  values (${s.project}, 'sentry', ${`e${++ids}`}, '{}', ${new Date(s.actor.clock.now().getTime() + afterMs)})`
const state = async () => (await releaseOfFix(db.sql, FIX))!.state

test('a soak ends although an event arrives before every look', async () => {
  await s.until('soaking')
  for (let step = 0; step < 40 && (await state()) === 'soaking'; step++) {
    await arrives(60_000)
    await s.step()
  }
  expect(await state()).not.toBe('soaking')
})

test('an event of the window that nobody has read yet is waited for', async () => {
  await s.until('soaking')
  await arrives(-1000)
  for (let step = 0; step < 40; step++) await s.step()
  expect(await state()).toBe('soaking')
  await db.sql`update events set parsed_at = now()`
  await s.until('promoting', 'watching')
})
