import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tick } from '../../agents/tick.ts'
import { shipped } from '../../app/shipped.ts'
import { healthReport } from '../../lib/actions/ready.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { AGENTS } from '../../lib/domain/work.ts'
import { connect } from '../../lib/store/database.ts'
import { recordPart } from '../../lib/store/health.ts'
import { addWork } from '../../lib/store/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.drop())

const now = () => new Date()
const report = async () => healthReport(db.sql, await shipped(), now)

test('an installation becomes well, and what goes wrong in it is named', async () => {
  expect(await report()).toMatchObject({
    ...{ status: 'degraded', lastTickAt: null },
    checks: { database: { ok: true }, migrations: { ok: true }, sandbox: { ok: false }, agents: { ok: false } },
  })
  await recordPart(db.sql, 'sandbox', null)
  const limits = { leaseSeconds: 60, deadlineMs: 1000 }
  const world = { sql: db.sql, ring: () => undefined }
  for (const agent of AGENTS) await tick(world, agent, async () => 'done', limits)
  const well = await report()
  expect(well).toMatchObject({ status: 'ok' })
  expect(Date.now() - Date.parse(well.lastTickAt ?? '')).toBeLessThan(60_000)

  await db.admin`update nightshift.agent_ticks set at = now() - interval '1 hour' where agent = 'releaser'`
  expect((await report()).checks.agents.why).toContain('the releaser looked last 60 minutes ago')
  await recordPart(db.sql, 'sandbox', 'it broke')
  expect((await report()).checks.sandbox).toEqual({ ok: false, why: 'it broke' })

  const { id } = await registerProject(db.sql, {
    ...{ slug: 'shop', name: 'Shop', settings: { repository: '/srv/shop.git', app: 'shop' } },
  })
  await addWork(db.sql, 'issue:1', id, 'watcher')
  await db.admin`update nightshift.work set tries = 3 where subject = 'issue:1'`
  expect((await report()).checks.work.ok).toBe(false)
})

test('a migration that this database has not is named', async () => {
  const ours = await shipped()
  expect(ours).toHaveLength(readdirSync(join(resolve(import.meta.dirname, '../..'), 'supabase/migrations')).length)
  const told = await healthReport(db.sql, [...(ours ?? []), '20991231000000'], now)
  expect(told).toMatchObject({ status: 'down', checks: { migrations: { why: 'not applied: 20991231000000' } } })
})

test('a database that is away is said within seconds', async () => {
  const nowhere = connect('postgres://nightshift_app:x@127.0.0.1:1/nothing', 1)
  expect(await healthReport(nowhere, null, now)).toMatchObject({ status: 'down', lastTickAt: null })
  await nowhere.end({ timeout: 0 })
})
