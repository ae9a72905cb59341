import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { holdAnchors } from '../../lib/actions/holdAnchors.ts'
import { keepAnchors } from '../../lib/actions/keepAnchors.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { note } from '../../lib/store/audit.ts'
import { claimEffect } from '../../lib/store/effects.ts'
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
  const made = await projectWithLease(sql)
  const { project } = made
  lease = made.lease
  desk = await openDesk(sql, db.admin)
  open.push(db.drop, desk.close)
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

const BACKUP = `delete from nightshift.audit where seq >= 4; update nightshift.projects set audit_seq = 3,
  audit_head = (select hash from nightshift.audit where seq = 3)`

test.each([
  ['an older backup', BACKUP, 'knows row 4, and the audit ends at 3'],
  ['another history', `update nightshift.audit set hash = '\\x01' where seq = 5`, 'knows another row 5'],
  ['another row in the middle', `update nightshift.audit set hash = '\\x01' where seq = 3`, 'knows another row 3'],
  [
    'a backup that went on for longer than what it lost',
    `${BACKUP}; select nightshift.note(1, 'watcher', 'test.happened', '{}') from generate_series(1, 9)`,
    'knows another row 4',
  ],
])('%s is paused before anything happens, with the reason and what to do', async (_, statement, reason) => {
  await tampered(statement)
  expect(await holdAnchors(desk.control)).toEqual([expect.stringContaining('shop is paused')])
  const { pausedBy, pausedWhy } = (await paused())!
  expect(pausedBy).toBe('Nightshift')
  expect(pausedWhy).toContain(reason)
  expect(pausedWhy).toContain('move anchors/shop.txt of the state folder away')
  expect(said(await claimEffect(sql, lease, request(1), false))).toBe('no: paused')
})

test('a database that is put back while Nightshift runs is paused by the next look at it', async () => {
  await tampered(BACKUP)
  await keepAnchors(desk.control)
  expect((await paused())?.pausedWhy).toContain('stands before a position that was written down')
  expect(said(await claimEffect(sql, lease, request(1), false))).toBe('no: paused')
})

test('what was written down already by somebody who was faster is no alarm', async () => {
  await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      await note(sql, 1, 'watcher', 'test.happened', { n })
      await keepAnchors(desk.control)
    }),
  )
  expect(await paused()).toEqual({ pausedBy: null, pausedWhy: null })
})

test('each position is kept once, and read back by whoever starts next', async () => {
  await keepAnchors(desk.control)
  expect((await desk.control.anchors.read({ slug: 'shop' })).map((one) => one.seq)).toEqual([2, 3, 4, 5])
})

test('a project’s name is a file’s name and no path', async () => {
  for (const slug of ['../x', 'a/b', '', 'A'])
    await expect(desk.control.anchors.read({ slug })).rejects.toThrow('no such thing')
})
