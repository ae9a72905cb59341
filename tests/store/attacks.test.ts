import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { note } from '../../lib/store/audit.ts'
import { claimEffect } from '../../lib/store/effects.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { ATTACKS, ROLES } from './attacks.ts'
import { projectWithLease, request } from './fixture.ts'

let db: FreshDatabase
beforeAll(async () => {
  db = await freshDatabase()
  const { project, lease } = await projectWithLease(db.sql)
  for (let i = 0; i < 5; i++) await note(db.sql, project, 'watcher', 'test.happened', { i })
  await claimEffect(db.sql, lease, request(project), false)
})
afterAll(() => db.drop())

/** Everything that must stay as it is. */
const picture = async () => {
  const of = (table: string) =>
    db.admin.unsafe(`select md5(string_agg(t::text, '|' order by t::text)) as sum from nightshift.${table} t`)
  const tables = ['audit', 'projects', 'effects', 'approvals', 'people', 'policies', 'releases', 'fixes']
  return JSON.stringify(await Promise.all(tables.map(of)))
}

test.each(ROLES)('as %s nobody rewrites history', async (role) => {
  const before = await picture()
  const worked: string[] = []
  for (const [name, statement] of ATTACKS) {
    const done = await db.superuser
      .begin(async (tx) => {
        await tx.unsafe(`set local session authorization ${role}`)
        await tx.unsafe(statement)
      })
      .then(
        () => true,
        () => false,
      )
    await db.superuser.unsafe('reset session authorization')
    if (done) worked.push(name)
  }
  expect(worked).toEqual([])
  expect(await picture()).toBe(before)
  expect((await verifyAudit(db.sql, 1)).problems).toEqual([])
})

test('a function or a table of the same name, first in the path, is not taken for ours', async () => {
  await db.sql.begin(async (tx) => {
    await tx.unsafe(
      `create temp table audit (project int, seq bigint, at timestamptz, actor text, what text, body jsonb, prev bytea, hash bytea) on commit drop`,
    )
    await tx.unsafe(`create temp table projects (id int, audit_seq bigint, audit_head bytea) on commit drop`)
    await tx.unsafe(
      `create function pg_temp.audit_append(int, text, text, jsonb) returns table (seq bigint, hash bytea) language sql as 'select 1::bigint, ''x''::bytea'`,
    )
    await tx.unsafe(`set local search_path = pg_temp, nightshift`)
    await note(tx, 1, 'watcher', 'test.happened', { through: 'a strange path' })
    expect(await tx.unsafe(`select 1 from pg_temp.audit`)).toHaveLength(0)
  })
  expect((await db.sql`select body from audit order by seq desc limit 1`)[0]?.body).toEqual({
    through: 'a strange path',
  })
})

test('the application cannot pretend to be the gate or a person', async () => {
  for (const what of ['effect.confirmed', 'effect.intent', 'control.level', 'control.approved'])
    await expect(note(db.sql, 1, 'me', what, {})).rejects.toThrow(/only the gate/)
})

test('what the migration role can do by becoming the owner is found', async () => {
  await db.admin.begin(async (tx) => {
    await tx.unsafe('set local role nightshift_owner')
    await tx.unsafe('alter table nightshift.audit disable trigger audit_rows')
    await tx.unsafe(`update nightshift.audit set body = '{"i": 7}' where seq = 3`)
    await tx.unsafe('alter table nightshift.audit enable always trigger audit_rows')
  })
  expect((await verifyAudit(db.sql, 1)).problems).toContainEqual({ seq: 3, problem: 'the row was edited' })
})
