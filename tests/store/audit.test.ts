import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { note } from '../../lib/store/audit.ts'
import { roleProblem } from '../../lib/store/database.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { projectWithLease } from './fixture.ts'

let db: FreshDatabase
let sql: Sql
let project: number
const open: FreshDatabase[] = []

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  sql = db.sql
  ;({ project } = await projectWithLease(sql))
  for (let i = 0; i < 5; i++) await note(sql, project, 'watcher', 'test.happened', { i })
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

test('the chain of an untouched audit holds, and the app’s login is accepted', async () => {
  expect((await verifyAudit(sql, project)).problems).toEqual([])
  expect(await roleProblem(sql)).toBeNull()
})

test.each([
  ['an edited row', `update nightshift.audit set body = '{"i": 7}' where seq = 3`, 'edited'],
  ['a backdated row', `update nightshift.audit set at = at - interval '1 day' where seq = 3`, 'edited'],
  ['another actor', `update nightshift.audit set actor = 'owner' where seq = 3`, 'edited'],
  [
    'an edited row whose hash was made anew',
    `update nightshift.audit set body = '{}', hash = nightshift.audit_hash(prev, project, seq, at, actor, what, '{}') where seq = 3`,
    'link',
  ],
  ['a deleted row', `delete from nightshift.audit where seq = 3`, 'missing'],
  ['a cut tail', `delete from nightshift.audit where seq >= 5`, 'cut off'],
])('%s made by a superuser is found', async (_, tampering, problem) => {
  await db.superuser.begin(async (tx) => {
    await tx.unsafe(`set local session_replication_role = replica`)
    await tx.unsafe(`alter table nightshift.audit disable trigger all`)
    await tx.unsafe(tampering)
  })
  expect((await verifyAudit(sql, project)).problems.map((one) => one.problem).join()).toContain(problem)
})

test('a login that owns the tables is refused', async () => {
  await db.superuser.unsafe(`alter table nightshift.blobs owner to nightshift_app`)
  expect(await roleProblem(sql)).toContain('owns 1')
})
