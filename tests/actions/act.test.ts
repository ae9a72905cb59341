import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { auditOf } from '../../lib/store/audit.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { projectWithLease } from '../store/fixture.ts'
import { type Desk, openDesk, PASSWORD } from './desk.ts'

let db: FreshDatabase
let sql: Sql
let desk: Desk
const open: (() => unknown)[] = []

beforeEach(async () => {
  db = await freshDatabase()
  sql = db.sql
  await projectWithLease(sql)
  desk = await openDesk(sql, db.admin)
  open.push(db.drop, desk.close)
})
afterAll(() => Promise.all(open.map((close) => close())))

const pausedAt = async () => (await sql`select paused_at from projects`)[0]?.pausedAt
const versionNow = async () => (await sql<{ v: number }[]>`select policy_version as v from projects`)[0]!.v
const audited = async () => (await auditOf(sql, 1, 1))[0]

test('a viewer decides nothing, an operator not about level and policy', async () => {
  const { viewer, operator } = desk.people
  for (const verb of ['pause', 'resume', 'approve', 'reject', 'rollback', 'level', 'policy'] as const)
    expect(await desk.decide(viewer, verb, {})).toMatchObject({ status: 403, body: { code: 'ROLE_TOO_LOW' } })
  for (const verb of ['level', 'policy'] as const)
    expect(await desk.decide(operator, verb, {})).toMatchObject({ status: 403 })
  expect((await desk.decide(operator, 'pause', { project: 'shop' })).status).toBe(200)
})

test('a role that was taken away counts at once, whatever the session says', async () => {
  await db.admin`update nightshift.people set role = 'viewer' where role = 'operator'`
  await desk.decide(desk.people.owner, 'pause', { project: 'shop' })
  const answer = await desk.decide(desk.people.operator, 'resume', { project: 'shop' }, { password: PASSWORD })
  expect(answer).toMatchObject({ status: 409, body: { detail: 'this person may not decide' } })
})

test.each([
  ['nothing', {}],
  ['another type', { project: 7 }],
  ['a field nobody knows', { project: 'shop', level: 3 }],
])('a body with %s is refused in words, and nothing happens', async (_, body) => {
  expect(await desk.decide(desk.people.owner, 'pause', body)).toMatchObject({
    status: 400,
    body: { code: 'MALFORMED' },
  })
  expect(await pausedAt()).toBeNull()
})

test.each([null, 'short', 'spaces are not', 'x'.repeat(101)])(
  'without a proper key (%s) nothing happens',
  async (key) => {
    const answer = await desk.decide(desk.people.owner, 'pause', { project: 'shop' }, { key })
    expect(answer).toMatchObject({ status: 400, body: { code: 'KEY_MISSING' } })
    expect(await pausedAt()).toBeNull()
  },
)

test('the same key is the same request: its first answer again, another body refused', async () => {
  const { owner } = desk.people
  const key = 'the-same-key'
  const first = await desk.decide(owner, 'pause', { project: 'shop', why: 'a' }, { key })
  expect(await desk.decide(owner, 'pause', { project: 'shop', why: 'a' }, { key })).toEqual(first)
  expect(await desk.decide(owner, 'pause', { project: 'shop', why: 'b' }, { key })).toMatchObject({ status: 422 })
  expect(await desk.decide(owner, 'resume', { project: 'shop' }, { key, password: PASSWORD })).toMatchObject({
    status: 422,
  })
  expect(await sql`select 1 from audit where what = 'control.paused'`).toHaveLength(1)
})

test('twenty clicks at once decide once', async () => {
  const { owner } = desk.people
  const clicks = Array.from({ length: 20 }, () =>
    desk.decide(owner, 'pause', { project: 'shop' }, { key: 'click-click' }),
  )
  const statuses = (await Promise.all(clicks)).map((answer) => answer.status)
  expect(new Set(statuses)).toEqual(new Set(statuses.includes(409) ? [200, 409] : [200]))
  expect(await sql`select 1 from audit where what = 'control.paused'`).toHaveLength(1)
})

test('a request whose process ended may be made again after a minute', async () => {
  const { owner } = desk.people
  const key = 'left-behind'
  await sql`insert into requests (person, key, verb, hash) values (${owner.person}, ${key}, 'pause', 'other')`
  await desk.decide(owner, 'pause', { project: 'shop' }, { key: 'to-learn-the-hash' })
  await sql`update requests set hash = (select hash from requests where key = 'to-learn-the-hash') where key = ${key}`
  expect(await desk.decide(owner, 'pause', { project: 'shop' }, { key })).toMatchObject({
    body: { code: 'IN_PROGRESS' },
  })
  await sql`update requests set at = now() - interval '61 seconds' where key = ${key}`
  expect((await desk.decide(owner, 'pause', { project: 'shop' }, { key })).status).toBe(200)
})

test('resuming takes the password again, and a wrong one uses up no key', async () => {
  const { owner } = desk.people
  await desk.decide(owner, 'pause', { project: 'shop', why: 'a bad feeling' })
  expect(await audited()).toMatchObject({
    actor: 'Ada the owner',
    what: 'control.paused',
    body: { why: 'a bad feeling' },
  })
  const key = 'one-resume'
  const resume = (password?: string) =>
    desk.decide(owner, 'resume', { project: 'shop' }, { key, ...(password ? { password } : {}) })
  expect(await resume()).toMatchObject({ status: 428 })
  expect(await resume('wrong')).toMatchObject({ status: 403, body: { code: 'PASSWORD_WRONG' } })
  expect(await pausedAt()).not.toBeNull()
  expect(await resume(PASSWORD)).toMatchObject({ status: 200, body: { state: 'resumed' } })
  expect(await pausedAt()).toBeNull()
  expect(JSON.stringify(await sql`select * from requests`)).not.toContain(PASSWORD)
})

test('a lower level is a click, a higher one takes the password, and each is a new version', async () => {
  const { owner } = desk.people
  const to = async (level: number, password?: string) =>
    desk.decide(
      owner,
      'level',
      { project: 'shop', level, policyVersion: await versionNow() },
      password ? { password } : {},
    )
  expect(await to(1)).toMatchObject({ status: 200, body: { answer: 'done' } })
  expect(await to(2)).toMatchObject({ status: 428 })
  expect(await to(2, PASSWORD)).toMatchObject({ status: 200 })
  expect(await to(2)).toMatchObject({ body: { answer: 'already' } })
  expect(await versionNow()).toBe(3)
  expect(await sql`select version, by, level from policies order by version`).toEqual([
    { version: 1, by: 'owner', level: 2 },
    { version: 2, by: 'Ada the owner', level: 1 },
    { version: 3, by: 'Ada the owner', level: 2 },
  ])
})

test('level 3 is refused without its record, with everything that is missing', async () => {
  const body = { project: 'shop', level: 3, policyVersion: 1 }
  const answer = await desk.decide(desk.people.owner, 'level', body, { password: PASSWORD })
  expect(answer).toMatchObject({ status: 409, body: { code: 'LEVEL_NOT_EARNED' } })
  expect((answer.body as { detail: string }).detail).toMatch(/0 of 30 days.*0 of 10 cured/)
  expect((await sql`select level from projects`)[0]?.level).toBe(2)
})

test('a policy is refused where it was shown under another version, and kept where not', async () => {
  const { owner } = desk.people
  const set = (policy: object, policyVersion: number) =>
    desk.decide(owner, 'policy', { project: 'shop', policy, capPerDay: 5, policyVersion }, { password: PASSWORD })
  expect(await set({ protect: ['src/money/**'] }, 1)).toMatchObject({ status: 200 })
  expect(await set({ protect: [] }, 1)).toMatchObject({ body: { detail: 'the policy changed since this was shown' } })
  expect(await set({ protect: 'all' }, 2)).toMatchObject({ status: 400 })
  expect((await sql`select policy->'protect' as p, cap_per_day as c from projects`)[0]).toEqual({
    p: ['src/money/**'],
    c: 5,
  })
})
