import type { Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveRelease } from '../../lib/actions/moveRelease.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import type { ReleaseFacts, ReleaseState } from '../../lib/domain/release.ts'
import type { Agent } from '../../lib/domain/work.ts'
import { orderRollback } from '../../lib/store/control.ts'
import { addDiagnosis } from '../../lib/store/diagnoses.ts'
import { draft, markProven } from '../../lib/store/fixes.ts'
import { sight } from '../../lib/store/issues.ts'
import { release, startRelease } from '../../lib/store/releases.ts'
import { addWork, claimWork, finishWork } from '../../lib/store/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, SHA, TREE } from './fixture.ts'

let db: FreshDatabase
let sql: Sql
let project: number
beforeAll(async () => {
  db = await freshDatabase()
  sql = db.sql
  const settings = { repository: '/srv/shop.git', app: 'shop' }
  project = (await registerProject(sql, { slug: 'shop', name: 'Shop', settings })).id
})
afterAll(() => db.drop())

const issue = async () => (await sql`select * from agent_issues`)[0]
const status = async () => (await issue())?.status
const hand = async (from: Agent, to: Agent | 'done') => {
  const lease = (await claimWork(sql, from, 60))!
  await finishWork(sql, lease, to === 'done' ? 'done' : { agent: to, inMs: 0 })
}
const world = () => ({ sql, clock: { now: () => new Date() }, ring: () => undefined })

async function move(becomes: ReleaseState, facts: Partial<ReleaseFacts> = {}): Promise<void> {
  await sql`update work set due_at = now()`
  const lease = (await claimWork(sql, 'releaser', 60))!
  const now = (await release(sql, 1))!
  expect(await moveRelease(world(), lease, now, becomes, { ...now.facts, ...facts })).toBe('moved')
  await finishWork(sql, lease, { agent: 'releaser', inMs: 0 })
}

test('an issue goes from detected to fixed, and when its fix is taken back, it has failed until the next attempt', async () => {
  await sight(sql, {
    project,
    fingerprint: 'f',
    title: 'TypeError',
    route: 'POST /launch',
    sha: SHA,
    severity: 'P2',
    severityWhy: 'w',
    users: 3,
    seen: 15,
    at: new Date(),
  })
  await addWork(sql, 'issue:1', project, 'investigator')
  const empty = { rootCause: null, fixStrategy: null, fixCommitSha: null, deployedAt: null, resolvedAt: null }
  expect(await issue()).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    severity: 'P2',
    type: 'api_error',
    message: 'TypeError',
    stackTrace: null,
    affectedUsers: 3,
    frequency: 15,
    status: 'detected',
    ...empty,
  })

  const looking = (await claimWork(sql, 'investigator', 60))!
  expect(await status()).toBe('diagnosing')
  const facts = { frames: [{ path: 'src/a.ts', line: 7 }] } as never
  await addDiagnosis(sql, { issue: 1, cause: 'code', remedy: 'code-fix', confidence: 0.8, why: 'because', facts })
  await finishWork(sql, looking, { agent: 'implementer', inMs: 0 })
  expect(await issue()).toMatchObject({
    status: 'fixing',
    rootCause: 'because',
    stackTrace: 'src/a.ts:7',
    fixStrategy: 'code-fix',
  })

  await draft(sql, { id: FIX, project, issue: 1, attempt: 1, base: SHA })
  const shown = { fixture: {}, probes: {}, diff: [], assumes: [], risk: {}, proof: {}, files: [] }
  await markProven(sql, FIX, { tree: TREE, patch: 'p', summary: 'a guard', ...shown } as never)
  await startRelease(sql, { project, fix: FIX, issue: 1 })
  await addWork(sql, 'release:1', project, 'releaser')
  await hand('implementer', 'done')
  expect(await issue()).toMatchObject({ status: 'fixing', fixStrategy: 'a guard' })
  await move('soaking')
  await move('promoting')
  await move('watching', { mainSha: SHA, previous: { deployment: 'd1', sha: SHA } })
  expect(await issue()).toMatchObject({ status: 'fixing', fixCommitSha: SHA, deployedAt: expect.any(Date) })
  await move('cured')
  expect(await issue()).toMatchObject({ status: 'fixed', resolvedAt: expect.any(Date) })

  const [person] = await db.admin<{ id: number }[]>`
    insert into nightshift.people (name, role, password_hash) values ('Ada', 'operator', 'x') returning id`
  await db.admin`insert into nightshift.members (project, person) select id, ${person!.id} from nightshift.projects`
  await orderRollback(sql, { person: person!.id, name: 'Ada', role: 'operator', via: 'cli' }, 1, 'slow')
  expect(await issue()).toMatchObject({ status: 'fixing', resolvedAt: null })
  await move('rolled-back')
  expect(await status()).toBe('fixing')
  await hand('implementer', 'done')
  expect(await issue()).toMatchObject({ status: 'failed', resolvedAt: null })
  await draft(sql, { id: 'd'.repeat(12), project, issue: 1, attempt: 2, base: SHA })
  expect(await issue()).toMatchObject({ status: 'fixing', fixCommitSha: null, deployedAt: null })
})

test('what nobody looks at yet is detected, and what a person has to look at has failed', async () => {
  await db.admin`truncate nightshift.issues, nightshift.work cascade`
  const at = new Date()
  const one = { project, title: 't', route: null, sha: null, severityWhy: 'w', users: null, seen: 1, at }
  await sight(sql, { ...one, fingerprint: 'p4', severity: 'P4' })
  const { issue: person } = (await sight(sql, { ...one, fingerprint: 'p', severity: 'P1' }))!
  const facts = {} as never
  const remedy = 'needs-person'
  await addDiagnosis(sql, { issue: person.id, cause: 'inconclusive', remedy, confidence: 0.1, why: 'w', facts })
  const { issue: archived } = (await sight(sql, { ...one, fingerprint: 'a', severity: 'P3' }))!
  await sql`update issues set state = 'closed', closed_as = 'archived', closed_at = now() where id = ${archived.id}`
  const rows = await sql<
    { severity: string; status: string }[]
  >`select severity, status, type from agent_issues order by severity`
  expect(rows).toEqual([
    { severity: 'P1', status: 'failed', type: 'error' },
    { severity: 'P3', status: 'failed', type: 'error' },
    { severity: 'P4', status: 'detected', type: 'error' },
  ])
})
