import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Lease } from '../../lib/domain/work.ts'
import { auditOf } from '../../lib/store/audit.ts'
import { claimEffect, settleEffect } from '../../lib/store/effects.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, go, otherFix, projectWithLease, request, said, TREE } from './fixture.ts'

let db: FreshDatabase
let sql: Sql
let project: number
let lease: Lease
const open: FreshDatabase[] = []

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  sql = db.sql
  ;({ project, lease } = await projectWithLease(sql))
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

const claim = async (more: Parameters<typeof request>[1] = {}, halted = false) =>
  said(await claimEffect(sql, lease, request(project, more), halted))
const facts = (more: object) =>
  db.admin`update nightshift.releases set facts = ${db.admin.json(more as never)}, state = 'rolling-back' where id = 1`

const RECORDED = {
  previous: { deployment: 'd1', sha: 'a' },
  stagingPrevious: { deployment: 's1', sha: 'a' },
  mainSha: 'm'.repeat(40),
  stagingSha: 's'.repeat(40),
  pulls: { staging: { number: 4 } },
  back: { kind: 'unhealthy', why: 'w', lane: 'production' },
}
const rollback = { kind: 'rollback', target: 'production', aim: 'd1' } as const

test.each([
  ['production’s deployment', rollback],
  ['staging’s deployment', { ...rollback, target: 'staging', aim: 's1' }],
  ['the merge into main', { kind: 'revert', target: 'production', aim: RECORDED.mainSha }],
  ['the merge into staging', { kind: 'revert', target: 'staging', aim: RECORDED.stagingSha }],
  ['the merge into main, by a pull request', { kind: 'propose-revert', target: 'production', aim: RECORDED.mainSha }],
  ['a pull request', { kind: 'withdraw', target: 'staging', aim: '4' }],
] as const)('what was recorded can be gone back to, at any hour and beyond any cap: %s', async (_, effect) => {
  await facts(RECORDED)
  await db.admin`update nightshift.projects set cap_per_day = 0`
  const late = go(0, { answer: 'stop', until: new Date(0).toISOString() })
  expect(await claim({ ...effect, decision: late })).toBe('yes')
})

test.each([
  ['another deployment', { aim: 'd2' }],
  ['staging’s deployment in production', { aim: 's1' }],
  ['no deployment', { aim: '' }],
  ['production’s deployment in staging', { target: 'staging', aim: 'd1' }],
  ['another merge', { kind: 'revert', aim: 's'.repeat(40) }],
  ['another merge, by a pull request', { kind: 'propose-revert', aim: 's'.repeat(40) }],
  ['another pull request', { kind: 'withdraw', target: 'staging', aim: '5' }],
  ['a pull request that is none of it', { kind: 'withdraw', aim: '4' }],
  ['a branch', { target: 'branch', aim: 'd1' }],
] as const)('nothing else can: %s', async (_, more) => {
  await facts(RECORDED)
  expect(await claim({ ...rollback, ...more })).toBe('no: not what was recorded before the release')
})

test('a release without a record goes back to nothing', async () => {
  await facts({ back: RECORDED.back })
  expect(await claim({ ...rollback, aim: 'null' })).toBe('no: not what was recorded before the release')
})

test.each(['staging', 'soaking', 'promoting', 'watching', 'cured', 'held', 'rolled-back'])(
  'a release in %s is not taken back by anybody who just asks',
  async (state) => {
    await facts(RECORDED)
    await db.admin`update nightshift.releases set state = ${state}`
    expect(await claim(rollback)).toBe('no: nobody is taking this release back')
  },
)

test('while paused it goes back only where a person ordered it', async () => {
  await facts(RECORDED)
  await db.admin`update nightshift.projects set paused_at = now()`
  expect(await claim(rollback)).toBe('no: paused')
  const [person] =
    await db.admin`insert into nightshift.people (name, role, password_hash) values ('Ada', 'operator', 'x') returning id`
  await db.admin`insert into nightshift.members (project, person) select id, ${person!.id} from nightshift.projects`
  const [order] = await sql`select * from order_rollback(1, ${person!.id}, 'page', 'now')`
  expect(order).toMatchObject({ answer: 'done' })
  expect(await claim(rollback)).toBe('no: lease lost')
  const [mine] = await sql<Lease[]>`select subject, project, fence, tries from claim_work('releaser', '60 seconds')`
  lease = mine!
  expect(await claim(rollback)).toBe('yes')
  expect(await claim({ key: 'p', kind: 'promote', target: 'production' })).toBe('no: paused')
})

test('while it is taken back, nothing of it goes forward', async () => {
  await facts(RECORDED)
  expect(await claim({ kind: 'promote', target: 'production' })).toBe('no: this release is being taken back')
})

test('the kill switch stops changes and restores, and notices go out', async () => {
  await facts(RECORDED)
  expect(await claim({}, true)).toBe('no: the kill switch is on')
  expect(await claim(rollback, true)).toBe('no: the kill switch is on')
  const tell = { key: 'n', kind: 'tell', target: 'inbox', tree: null, fix: null } as const
  expect(await claim(tell, true)).toBe('yes')
  expect((await auditOf(sql, project)).filter((row) => row.what === 'effect.refused')).toHaveLength(2)
})

test.each([
  ['refused', `state = 'refused', why = 'w'`],
  ['rolled back', `withdrawn = true, withdrawn_why = 'w'`],
])('a patch that was %s for another issue never leaves under another name', async (_, how) => {
  await otherFix(sql, project, { patch: 'p' })
  await db.admin.unsafe(`update nightshift.fixes set ${how} where id <> '${FIX}'`)
  expect(await claim()).toBe('no: this patch was refused or rolled back')
})

test('three rollbacks end fixing; a rejection is none', async () => {
  const back = (kind: string) => db.admin`
    insert into nightshift.releases (project, fix, issue, state, facts)
    select ${project}, f.id, 1, 'rolled-back', ${db.admin.json({ back: { kind } })} from nightshift.fixes f where f.id <> ${FIX}
      and not exists (select from nightshift.releases r where r.fix = f.id) limit 1`
  for (const n of [1, 2, 3]) await otherFix(sql, project, { patch: `p${n}`, attempt: n })
  await back('unhealthy')
  await back('ordered')
  await back('rejected')
  expect(await claim()).toBe('yes')
  await db.admin`update nightshift.releases set facts = '{}' where facts->'back'->>'kind' = 'rejected'`
  expect(await claim({ key: 'k2' })).toBe('no: three rollbacks: a person takes over')
})

test('another release on its way to a target keeps it', async () => {
  await otherFix(sql, project, { patch: 'p2' })
  await db.admin`insert into nightshift.releases (project, fix, issue, state) select ${project}, id, issue, 'watching' from nightshift.fixes where id <> ${FIX}`
  expect(await claim({ kind: 'promote', target: 'production' })).toBe('no: another release is on its way there')
  expect(await claim({ key: 's', kind: 'deploy', target: 'staging' })).toBe('yes')
  const second = db.admin`update nightshift.releases set state = 'promoting' where fix = ${FIX}`
  await expect(second).rejects.toThrow('releases_one_a_target')
})

test('a tree that is not the fix’s own never leaves', async () => {
  expect(await claim({ tree: 'd'.repeat(40) })).toBe('no: this is not the tree that was proven')
  expect(await claim({ fix: '0'.repeat(12) })).toBe('no: this is not the tree that was proven')
  await db.admin`update nightshift.fixes set state = 'drafting', tree = null`
  expect(await claim({ tree: TREE })).toBe('no: this is not the tree that was proven')
})

test('what was settled cannot be settled again', async () => {
  await claim()
  expect(await settleEffect(sql, project, 'k', 'confirmed', {})).toBe(true)
  expect(await settleEffect(sql, project, 'k', 'failed', {})).toBe(false)
  expect((await auditOf(sql, project)).filter((row) => /^effect\.(confirmed|failed)$/.test(row.what))).toHaveLength(1)
})
