import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Lease } from '../../lib/domain/work.ts'
import { note } from '../../lib/store/audit.ts'
import { approve } from '../../lib/store/control.ts'
import { claimEffect, settleEffect } from '../../lib/store/effects.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, go, projectWithLease, request, TREE } from './fixture.ts'

let db: FreshDatabase
let sql: Sql
let project: number
let lease: Lease
const open: FreshDatabase[] = []

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  sql = db.sql
  ;({ project, lease } = await projectWithLease(sql, { protect: ['src/money/**'] }))
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const issue = async () => (await sql`select * from agent_issues`)[0]
const actions = () =>
  sql<
    Record<string, unknown>[]
  >`select action_type, status, human_approved, issue_id from agent_actions order by created_at`

test('an issue has the columns it is known by, from detected to fixed', async () => {
  await db.admin`delete from nightshift.releases`
  await db.admin`delete from nightshift.fixes`
  expect(await issue()).toMatchObject({
    id: expect.stringMatching(UUID),
    createdAt: expect.any(Date),
    severity: 'P2',
    type: 'error',
    message: 't',
    stackTrace: null,
    affectedUsers: null,
    frequency: 0,
    status: 'detected',
    rootCause: null,
    fixStrategy: null,
    fixCommitSha: null,
    deployedAt: null,
    resolvedAt: null,
  })
  const frames = [{ path: 'src/a.ts', line: 7 }]
  await sql`insert into diagnoses (issue, cause, remedy, confidence, why, facts) values (1, 'code', 'code-fix', 0.8, 'because', ${sql.json({ frames })})`
  expect(await issue()).toMatchObject({ status: 'diagnosing', rootCause: 'because', stackTrace: 'src/a.ts:7' })
  await sql`insert into fixes (id, project, issue, attempt, base) values (${FIX}, ${project}, 1, 1, ${'a'.repeat(40)})`
  expect(await issue()).toMatchObject({ status: 'fixing' })
  await sql`update issues set state = 'closed', closed_as = 'cured', closed_at = now()`
  expect(await issue()).toMatchObject({ status: 'fixed', resolvedAt: expect.any(Date) })
})

test('what came back or was refused has failed', async () => {
  await db.admin`update nightshift.fixes set withdrawn = true, withdrawn_why = 'w'`
  expect(await issue()).toMatchObject({ status: 'failed' })
})

test('an effect is started and completed, and says whether a person let it through', async () => {
  await note(sql, project, 'watcher', 'issue.opened', { issue: 1 })
  await claimEffect(sql, lease, request(project), false)
  await settleEffect(sql, project, 'k', 'confirmed', {})
  const [person] = await db.admin<
    { id: number }[]
  >`insert into nightshift.people (name, role, password_hash) values ('Ada', 'operator', 'x') returning id`
  const who = { person: person!.id, name: 'Ada', role: 'operator', via: 'page' } as const
  await approve(sql, who, { fix: FIX, tree: TREE, target: 'staging', policyVersion: 1, hours: 1 })
  await claimEffect(
    sql,
    lease,
    request(project, { key: 's', kind: 'deploy', target: 'staging', decision: go(1, { answer: 'ask' }) }),
    false,
  )
  await claimEffect(
    sql,
    lease,
    request(project, { key: 'n', kind: 'tell', target: 'inbox', tree: null, fix: null }),
    false,
  )
  await claimEffect(sql, lease, request(project, { key: 'x', decision: go(0) }), false)
  const [{ id } = { id: null }] = await sql<{ id: string }[]>`select id from agent_issues`
  expect(await actions()).toEqual([
    { actionType: 'detect', status: 'completed', humanApproved: false, issueId: id },
    { actionType: 'deploy', status: 'started', humanApproved: false, issueId: id },
    { actionType: 'deploy', status: 'completed', humanApproved: false, issueId: id },
    { actionType: 'deploy', status: 'started', humanApproved: true, issueId: id },
    { actionType: 'deploy', status: 'failed', humanApproved: false, issueId: id },
  ])
})

test('a project’s settings are the configuration, and the audit is the log', async () => {
  expect(await sql`select * from agent_config`).toMatchObject([
    {
      id: expect.stringMatching(UUID),
      autonomyLevel: 2,
      isActive: true,
      maxDeploymentsPerDay: 10,
      protectedFiles: ['src/money/**'],
      updatedAt: expect.any(Date),
    },
  ])
  await db.admin`update nightshift.projects set paused_at = now()`
  expect((await sql`select is_active from agent_config`)[0]?.isActive).toBe(false)
  expect((await sql`select level, message from agent_logs`)[0]).toEqual({
    level: 'info',
    message: 'owner: control.registered',
  })
})

test.each(['agent_issues', 'agent_actions', 'agent_config', 'agent_logs'])(
  '%s is read by the application alone, and written by nobody',
  async (view) => {
    await expect(sql.unsafe(`delete from ${view}`)).rejects.toThrow(/permission denied|cannot delete/)
    for (const role of ['anon', 'authenticated', 'service_role']) {
      await db.superuser.unsafe(`set session authorization ${role}`)
      await expect(db.superuser.unsafe(`select * from nightshift.${view}`)).rejects.toThrow(/permission denied/)
      await db.superuser.unsafe(`reset session authorization`)
    }
  },
)
