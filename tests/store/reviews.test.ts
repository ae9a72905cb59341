import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { approvalsOf } from '../../lib/store/approvals.ts'
import { auditOf } from '../../lib/store/audit.ts'
import { approveByReview, revokeReviews } from '../../lib/store/reviews.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, otherFix, projectWithLease } from './fixture.ts'

/** A review on the code host is an approval only as long, and of as much, as the database itself lets it be. */
let db: FreshDatabase
let project: number
let lease: Lease
let ada: number
const opened: FreshDatabase[] = []
beforeEach(async () => {
  db = await freshDatabase()
  opened.push(db)
  ;({ project, lease } = await projectWithLease(db.sql))
  ada = await linked('ada', 'operator')
})
afterEach(async () => {
  expect((await verifyAudit(db.sql, project)).problems).toEqual([])
})
afterAll(() => Promise.all(opened.map((one) => one.drop())))

async function linked(login: string, role: string): Promise<number> {
  const [row] = await db.admin<{ id: number }[]>`
    insert into nightshift.people (name, role, password_hash, github_login) values (${login}, ${role}, 'x', ${login}) returning id`
  await db.admin`insert into nightshift.members (project, person) values (${project}, ${row!.id})`
  return row!.id
}
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
interface Given {
  by?: string
  review?: number
  at?: string
  target?: 'staging' | 'production'
  hours?: number
  fix?: string
}
const given = ({ by = 'ada', review = 1, at = ago(-0.1), target = 'production', hours = 12, fix = FIX }: Given = {}) =>
  approveByReview(db.sql, lease, { fix, target, hours }, { by, review, at, association: 'member' })
const refused = (reason: string) => ({ answer: 'refused', reason })
const DONE = expect.objectContaining({ answer: 'done' })
const standing = async (fix = FIX) =>
  (await approvalsOf(db.sql, fix)).filter(({ revokedAt }) => !revokedAt).map(({ review, target }) => [review, target])
const revoke = (reviews: number[], { target = 'production' as 'staging' | 'production', fix = FIX } = {}) =>
  revokeReviews(db.sql, lease, { fix, target }, reviews, 'it was dismissed')

test('it is theirs whose name was linked, whatever its capitals, and once', async () => {
  expect(await given({ by: 'Ada' })).toEqual(DONE)
  expect(await given()).toMatchObject({ answer: 'already' })
  expect(await approvalsOf(db.sql, FIX)).toMatchObject([{ review: 1, target: 'production', by: 'ada' }])
  expect((await auditOf(db.sql, project, 1))[0]).toMatchObject({ body: { person: ada, via: 'github' } })
})

test('one that was revoked does not come back by being read again; a new one counts', async () => {
  await given()
  expect(await revoke([])).toBe(1)
  expect(await given()).toMatchObject({ answer: 'already' })
  expect(await standing()).toEqual([])
  expect(await given({ review: 2 })).toEqual(DONE)
  expect(await standing()).toEqual([[2, 'production']])
})

test('nobody’s, somebody’s who may not decide here, an old one and one of an earlier policy count for nothing', async () => {
  await linked('vera', 'viewer')
  const bob = await linked('bob', 'operator')
  await db.admin`delete from nightshift.members where person = ${bob}`
  expect(await given({ by: 'eve' })).toEqual(refused('nobody here is linked to that name'))
  expect(await given({ by: 'vera' })).toEqual(refused('whoever is linked to that name may not decide'))
  expect(await given({ by: 'bob' })).toEqual(refused('this person may not decide'))
  expect(await given({ at: ago(5) })).toEqual(refused('the policy changed after it was given'))
  await db.admin`update nightshift.policies set at = now() - interval '2 days'`
  expect(await given({ at: ago(12 * 60 + 1) })).toEqual(refused('it has expired'))
  expect(await standing()).toEqual([])
})

test('it holds from when it was given, and never longer than asked for', async () => {
  await db.admin`update nightshift.policies set at = now() - interval '2 days'`
  const hours = async () => {
    const [row] = await db.sql<{ h: number }[]>`
      select extract(epoch from expires_at - now()) / 3600 as h from approvals where revoked_at is null`
    return Math.round(Number(row!.h))
  }
  await given({ at: ago(9 * 60) })
  expect(await hours()).toBe(3)
  await revoke([])
  // A clock over there that is ahead lends it no time.
  await given({ review: 2, at: ago(-9 * 60) })
  expect(await hours()).toBe(12)
})

test('it is told by whoever holds the release alone', async () => {
  await given()
  lease = { ...lease, fence: lease.fence - 1 }
  expect(await given({ review: 2 })).toEqual(refused('lease lost'))
  expect(await revoke([])).toBe(0)
  expect(await standing()).toEqual([[1, 'production']])
})

test('what is revoked is of this fix and target, no yes that was given here, and none that stands', async () => {
  const other = await otherFix(db.sql, project, { patch: 'o', name: 'ff' })
  await given({ review: 1 })
  await given({ review: 2, target: 'staging' })
  await given({ review: 3, fix: other })
  expect(await revoke([1])).toBe(0)
  expect(await revoke([7])).toBe(1)
  expect([await standing(), await standing(other)]).toEqual([[[2, 'staging']], [[3, 'production']]])
  const [fix] = await db.sql<{ tree: string }[]>`select tree from fixes where id = ${FIX}`
  await db.sql`select * from approve(${FIX}, ${fix!.tree}, 'production', 1, ${ada}, 'page', interval '1 hour')`
  expect(await revoke([])).toBe(0)
  expect(await standing()).toEqual(expect.arrayContaining([[null, 'production']]))
  expect((await approvalsOf(db.sql, FIX)).find(({ review }) => review === 1)?.revokedWhy).toBe('it was dismissed')
})

test('a yes of somebody who may not decide any more is in nobody’s way', async () => {
  const bob = await linked('bob', 'operator')
  await given()
  expect(await given({ by: 'bob', review: 2 })).toMatchObject({ answer: 'already' })
  await db.admin`delete from nightshift.members where person = ${ada}`
  expect(await given({ by: 'bob', review: 2 })).toEqual(DONE)
  const [row] = await db.sql<{ person: number }[]>`select person from approvals where revoked_at is null`
  expect(row).toEqual({ person: bob })
})
