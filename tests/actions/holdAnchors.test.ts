import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { holdAnchors } from '../../lib/actions/holdAnchors.ts'
import { keepAnchors } from '../../lib/actions/keepAnchors.ts'
import { note } from '../../lib/store/audit.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { projectWithLease } from '../store/fixture.ts'
import { type Desk, openDesk } from './desk.ts'

let db: FreshDatabase
let sql: Sql
let desk: Desk
const open: (() => unknown)[] = []

beforeEach(async () => {
  db = await freshDatabase()
  sql = db.sql
  const { project } = await projectWithLease(sql)
  desk = await openDesk(sql, db.admin)
  open.push(() => db.drop(), desk.close)
  for (let n = 0; n < 4; n++) {
    await note(sql, project, 'watcher', 'test.happened', { n })
    await keepAnchors(desk.control)
  }
})
afterAll(() => Promise.all(open.map((close) => close())))

const tampered = (statement: string) =>
  db.superuser.unsafe(`set session_replication_role = replica; alter table nightshift.audit disable trigger all; ${statement};
    set session_replication_role = origin`)
const paused = async () => (await sql`select paused_by, paused_why from projects`)[0]

test('the database that ran here last is let go on', async () => {
  expect(await holdAnchors(desk.control)).toEqual([])
  await note(sql, 1, 'watcher', 'test.happened', { written: 'and not written down outside yet' })
  expect(await holdAnchors(desk.control)).toEqual([])
  expect(await paused()).toEqual({ pausedBy: null, pausedWhy: null })
})

test.each([
  ['an older backup', `delete from nightshift.audit where seq >= 4; update nightshift.projects set audit_seq = 3`],
  ['another history', `update nightshift.audit set hash = '\\x01' where seq = 5`],
])('%s is paused before anything happens, with the reason', async (_, statement) => {
  await tampered(statement)
  expect(await holdAnchors(desk.control)).toEqual([expect.stringContaining('shop is paused')])
  expect(await paused()).toMatchObject({ pausedBy: 'start', pausedWhy: expect.stringContaining('knows another row 5') })
})

test('each position is kept once, and read back by whoever starts next', async () => {
  await keepAnchors(desk.control)
  const project = (await sql`select id, slug from projects`)[0] as never
  expect((await desk.control.anchors.read(project)).map((one) => one.seq)).toEqual([2, 3, 4, 5])
})
