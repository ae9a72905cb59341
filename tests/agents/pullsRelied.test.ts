import { afterEach, expect, test } from 'vitest'
import { auditOf } from '../../lib/store/audit.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import type { Review } from '../../lib/world/review.ts'
import { type Pulling, pulling } from './pulls.ts'
import { FIX } from './release.ts'

/** What rests on a review, when it is taken back or cannot be read. */
let p: Pulling
let deaf = false
afterEach(async () => {
  deaf = false
  await p.end()
})

const hearing = (review: Review): Review => ({
  ...review,
  opinions: (number) => (deaf ? Promise.reject(new Error('no answer')) : review.opinions(number)),
})
const state = async () => (await releaseOfFix(p.db.sql, FIX))!.state
const refusals = async () => (await auditOf(p.db.sql, p.project, 500)).filter(({ what }) => /refused/.test(what)).length
/** At level 1, with a yes of a member's to both pull requests; `main` is held by protection. */
async function approved(): Promise<void> {
  p = await pulling({ level: 1, around: hearing })
  await p.person('operator', 'ada')
  await p.waitsFor(/no approval for this tree/)
  await p.say('ada', 'staging', 'APPROVED')
  await p.until('promoting')
  await p.waitsFor(/no approval for this tree/)
  p.repo.protection.set('main', { approvals: 2, checks: [], pullsOnly: true })
  await p.say('ada', 'main', 'APPROVED')
  await p.waitsFor(/^held: branch protection/)
}

test('a yes that cannot be read any more is no yes, until it can', async () => {
  await approved()
  deaf = true
  p.repo.protection.delete('main')
  await p.steps(4)
  expect([await state(), p.count('merge')]).toEqual(['promoting', 1])
  deaf = false
  await p.until('watching')
})

test('a no that cannot be read is not overlooked, where nobody’s yes is asked for', async () => {
  p = await pulling({ around: hearing })
  p.repo.protection.set('staging', { approvals: 1, checks: [], pullsOnly: true })
  await p.waitsFor(/^held: branch protection/)
  await p.say('eve', 'staging', 'CHANGES_REQUESTED')
  p.repo.protection.delete('staging')
  deaf = true
  // News enough to ask for it again.
  p.origin.commit('staging', { 'src/theirs.ts': 'theirs\n' }, 'Theirs')
  await p.steps(4)
  expect(p.count('merge')).toBe(0)
  deaf = false
  await p.waitsFor(/^held: changes requested/)
})

test('a yes that was taken back after the merge serves nobody: nothing is built or promoted on it', async () => {
  await approved()
  p.repo.protection.delete('main')
  for (let i = 0; i < 12 && p.count('merge') < 2; i++) {
    await p.say('bob', 'main', 'APPROVED')
    await p.step()
  }
  expect(p.count('merge')).toBe(2)
  await p.say('ada', 'main', 'DISMISSED')
  await p.steps(5)
  expect(p.host.log.filter((one) => /production/.test(one))).toEqual([])
  expect(await p.sentence()).toContain('the review does not stand any more')
})

test('nor on one that cannot be read by then', async () => {
  await approved()
  p.repo.protection.delete('main')
  for (let i = 0; i < 12 && p.count('merge') < 2; i++) {
    await p.say('bob', 'main', 'APPROVED')
    await p.step()
  }
  deaf = true
  await p.steps(4)
  expect([p.count('merge'), p.host.log.filter((one) => /production/.test(one))]).toEqual([2, []])
  deaf = false
  await p.until('watching', 'held')
})

test('where the yes was given here, what happens elsewhere waits for no answer of the code host’s', async () => {
  p = await pulling({ level: 1, around: hearing })
  const who = await p.person('operator', 'ada')
  await p.waitsFor(/no approval for this tree/)
  const [fix] = await p.db.sql<{ tree: string }[]>`select tree from fixes where id = ${FIX}`
  await p.db.sql`select * from approve(${FIX}, ${fix!.tree}, 'production', 1, ${who}, 'page', interval '1 hour')`
  for (let i = 0; i < 40 && p.count('merge') < 2; i++) await p.step()
  deaf = true
  await p.until('watching', 'held')
  expect([await state(), p.count('merge')]).toEqual(['watching', 2])
})

test('what holds no more is not asked of the gate again and again', async () => {
  await approved()
  for (const spoil of [
    () => p.db.admin`update nightshift.approvals set expires_at = now() - interval '1 s' where target = 'production'`,
    () => p.db.admin`update nightshift.approvals set expires_at = now() + interval '1 h', policy_version = 9`,
    async () => {
      await p.db.admin`update nightshift.approvals set policy_version = 1`
      await p.say('ada', 'main', 'DISMISSED')
    },
  ]) {
    await spoil()
    await p.say('bob', 'main', 'APPROVED')
    await p.steps(3)
    const before = await refusals()
    await p.steps(4)
    expect([await refusals(), p.count('merge')]).toEqual([before, 1])
  }
})

test('a yes of somebody who may not is said with the first question already', async () => {
  p = await pulling({ level: 1 })
  for (let i = 0; i < 12 && p.count('pull') === 0; i++) await p.step()
  await p.say('mallory', 'staging', 'APPROVED')
  await p.waitsFor(/no approval for this tree/)
  expect(await p.sentence()).toContain('mallory approved it on the code host, which counts for nothing')
  const [notice] = await p.db.sql<{ body: string }[]>`select body from notices where kind = 'approval-wanted'`
  expect(notice!.body).toContain('counts for nothing')
})
