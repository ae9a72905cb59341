import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Lease } from '../../lib/domain/work.ts'
import { note } from '../../lib/store/audit.ts'
import { approve, orderRollback } from '../../lib/store/control.ts'
import { claimEffect, settleEffect } from '../../lib/store/effects.ts'
import { moveRelease } from '../../lib/store/releases.ts'
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

const actions = () =>
  sql<Record<string, unknown>[]>`
    select action_type, status, human_approved, issue_id, details->>'what' as what from agent_actions order by created_at`
const ada = async () => {
  const [person] = await db.admin<{ id: number }[]>`
    insert into nightshift.people (name, role, password_hash) values ('Ada', 'operator', 'x') returning id`
  await db.admin`insert into nightshift.members (project, person) select id, ${person!.id} from nightshift.projects`
  return { person: person!.id, name: 'Ada', role: 'operator', via: 'page' } as const
}
const claim = (more: Parameters<typeof request>[1]) => claimEffect(sql, lease, request(project, more), false)
const issueId = async () => (await sql<{ id: string }[]>`select id from agent_issues`)[0]!.id

test('each column has the name and the type that is known', async () => {
  const rows = await sql<{ view: string; columns: string }[]>`
    select table_name as view, string_agg(column_name || ' ' || coalesce(nullif(data_type, 'ARRAY'), udt_name), ', ' order by ordinal_position) as columns
    from information_schema.columns where table_name in ('agent_issues', 'agent_actions', 'agent_config') group by 1 order by 1`
  const stamp = 'timestamp without time zone'
  expect(Object.fromEntries(rows.map(({ view, columns }) => [view, columns]))).toEqual({
    agent_issues: `id uuid, created_at ${stamp}, severity text, type text, message text, stack_trace text, affected_users integer, frequency integer, status text, root_cause text, fix_strategy text, fix_commit_sha text, deployed_at ${stamp}, resolved_at ${stamp}`,
    agent_actions: `id uuid, created_at ${stamp}, issue_id uuid, action_type text, status text, details jsonb, human_approved boolean`,
    agent_config: `id uuid, autonomy_level integer, is_active boolean, max_deployments_per_day integer, protected_files _text, updated_at ${stamp}`,
  })
})

test('an effect is started and completed, and says whether a person let it through', async () => {
  await note(sql, project, 'watcher', 'issue.opened', { issue: 1 })
  await claim({})
  await settleEffect(sql, project, 'k', 'confirmed', {})
  const asks = { key: 's', kind: 'deploy', target: 'staging', decision: go(1, { answer: 'ask' }) } as const
  await claim(asks)
  await approve(sql, await ada(), { fix: FIX, tree: TREE, target: 'staging', policyVersion: 1, hours: 1 })
  await claim(asks)
  await settleEffect(sql, project, 's', 'failed', { why: 'w' })
  await claim({ key: 'n', kind: 'tell', target: 'inbox', tree: null, fix: null })
  await db.admin`update nightshift.work set fence = fence + 1`
  await claim({ key: 'm', kind: 'tell', target: 'inbox', tree: null, fix: null })
  const id = await issueId()
  const deploy = { actionType: 'deploy', issueId: id }
  expect(await actions()).toEqual([
    { actionType: 'detect', status: 'completed', humanApproved: false, issueId: id, what: 'issue.opened' },
    { ...deploy, status: 'started', humanApproved: false, what: 'effect.intent' },
    { ...deploy, status: 'completed', humanApproved: false, what: 'effect.confirmed' },
    { ...deploy, status: 'failed', humanApproved: false, what: 'effect.refused' },
    { ...deploy, status: 'started', humanApproved: true, what: 'effect.intent' },
    { ...deploy, status: 'failed', humanApproved: true, what: 'effect.failed' },
  ])
})

test('a rollback of its own is nobody’s, and one that was ordered is the person’s', async () => {
  const before = { previous: { deployment: 'd1', sha: 'a' }, stagingPrevious: { deployment: 's1', sha: 'a' } }
  const back = { kind: 'unhealthy', why: 'w', lane: 'production' }
  await moveRelease(sql, lease, 1, 'staging', 'rolling-back', { ...before, back } as never)
  await claim({ key: 'r', kind: 'rollback', target: 'staging', aim: 's1' })
  await orderRollback(sql, await ada(), 1, 'slow')
  const [mine] = await sql<Lease[]>`select subject, project, fence, tries from claim_work('releaser', '60 seconds')`
  lease = mine!
  await claim({ key: 'p', kind: 'rollback', target: 'production', aim: 'd1' })
  expect((await actions()).map(({ what, actionType, humanApproved }) => [what, actionType, humanApproved])).toEqual([
    ['release.rolling-back', 'rollback', false],
    ['effect.intent', 'rollback', false],
    ['effect.intent', 'rollback', true],
  ])
  expect(new Set((await actions()).map((row) => row.issueId))).toEqual(new Set([await issueId()]))
})

test('a project’s settings are the configuration, and the audit is the log', async () => {
  expect(await sql`select * from agent_config`).toMatchObject([
    {
      autonomyLevel: 2,
      isActive: true,
      maxDeploymentsPerDay: 10,
      protectedFiles: ['src/money/**'],
      updatedAt: expect.any(Date),
    },
  ])
  await db.admin`update nightshift.projects set paused_at = now()`
  const [paused] =
    await sql`select is_active, updated_at = (select paused_at at time zone 'UTC' from projects) as moved from agent_config`
  expect(paused).toEqual({ isActive: false, moved: true })
  expect((await sql`select level, message from agent_logs`)[0]).toEqual({
    level: 'info',
    message: 'owner: control.registered',
  })
})

test('frames that are no list, and a diagnosis without any, do not break the view', async () => {
  for (const facts of [{}, { frames: null }, { frames: 'x' }, { frames: [{ path: null, line: 3 }, {}] }]) {
    await sql`insert into diagnoses (issue, cause, remedy, confidence, why, facts) values (1, 'code', 'code-fix', 0.8, 'w', ${sql.json(facts)})`
    expect(await sql`select stack_trace from agent_issues`).toHaveLength(1)
  }
})

test.each(['agent_issues', 'agent_actions', 'agent_config', 'agent_logs'])(
  '%s is read by the application alone, and written by nobody',
  async (view) => {
    const may = await db.admin<{ role: string; right: string }[]>`
      select role, "right" from unnest(array['nightshift_app', 'anon', 'authenticated', 'service_role', 'postgres']) role,
        unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'trigger', 'references']) "right"
      where not pg_has_role(role, 'nightshift_owner', 'member') and has_schema_privilege(role, 'nightshift', 'usage')
        and has_table_privilege(role, ${`nightshift.${view}`}, "right")`
    expect(may).toEqual([{ role: 'nightshift_app', right: 'select' }])
    await sql.unsafe(`select * from ${view}`)
    for (const role of ['anon', 'authenticated', 'service_role']) {
      await db.superuser.unsafe(`set session authorization ${role}`)
      await expect(db.superuser.unsafe(`select * from nightshift.${view}`)).rejects.toMatchObject({ code: '42501' })
      await db.superuser.unsafe(`reset session authorization`)
    }
  },
)

test('the two views that could be written through are not', async () => {
  for (const write of [
    'update agent_config set autonomy_level = 3',
    'delete from agent_config',
    'delete from agent_logs',
    `update agent_logs set details = '{}'`,
  ])
    await expect(sql.unsafe(write)).rejects.toMatchObject({ code: '42501' })
})
