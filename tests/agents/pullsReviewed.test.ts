import { afterEach, expect, test } from 'vitest'
import { approvalsOf } from '../../lib/store/approvals.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { type Pulling, pulling } from './pulls.ts'
import { FIX } from './release.ts'

let p: Pulling
afterEach(() => p.end())

const approvals = async () =>
  (await approvalsOf(p.db.sql, FIX)).map(({ by, target, revokedWhy }) => [by, target, revokedWhy])
const asking = async () => {
  for (let i = 0; i < 12 && !(await p.sentence()).includes('no approval'); i++) await p.step()
  expect(await p.sentence()).toContain('no approval for this tree')
}

test('reviews of nobody we know, of somebody who may not, or by who may not write count for nothing, and it says so', async () => {
  p = await pulling({ level: 1 })
  await p.person('viewer', 'vera')
  await p.person('operator', 'ada')
  p.repo.rights.set('ada', 'read')
  await asking()
  for (const user of ['mallory', 'vera', 'ada']) await p.say(user, 'staging', 'APPROVED')
  await p.steps(3)
  expect(await p.sentence()).toContain(
    'mallory approved it on the code host, which counts for nothing: nobody here is linked',
  )
  expect(await p.sentence()).toContain('vera approved it on the code host, which counts for nothing: whoever is linked')
  expect([await approvals(), p.count('merge')]).toEqual([[], 0])
  // An owner links mallory later: the review stands.
  await p.person('owner', 'mallory')
  await p.until('soaking')
  expect(await approvals()).toEqual([['The owner', 'staging', null]])
})

test('a review of another head is none, and one that was dismissed takes its approval with it', async () => {
  p = await pulling({ level: 1 })
  await p.person('operator', 'ada')
  await asking()
  await p.say('ada', 'staging', 'APPROVED', p.base)
  await p.steps(2)
  expect(await approvals()).toEqual([])
  await p.say('ada', 'staging', 'APPROVED')
  await p.until('promoting')
  await asking()
  await p.say('ada', 'main', 'APPROVED')
  p.repo.protection.set('main', { approvals: 2, checks: [], pullsOnly: true })
  for (let i = 0; i < 12 && !(await p.sentence()).startsWith('held: branch protection'); i++) await p.step()
  expect(await approvals()).toEqual([
    ['The operator', 'staging', null],
    ['The operator', 'production', null],
  ])
  await p.say('ada', 'main', 'DISMISSED')
  await p.steps(4)
  expect((await approvals())[1]).toEqual(['The operator', 'production', 'the review does not stand any more'])
  // Protection is content, and we are not.
  p.repo.protection.delete('main')
  await p.steps(5)
  expect([(await releaseOfFix(p.db.sql, FIX))!.state, p.count('merge')]).toEqual(['promoting', 1])
})

test('somebody’s push to the branch voids what was approved, and is never merged', async () => {
  p = await pulling({ level: 1 })
  await p.person('operator', 'ada')
  await asking()
  p.origin.commit(p.branch, { 'src/more.ts': 'more\n' }, 'More')
  await p.say('ada', 'staging', 'APPROVED')
  await p.steps(4)
  expect([await approvals(), p.count('merge')]).toEqual([[], 0])
})

test('a review given under another policy is for another one, and a new one counts again', async () => {
  p = await pulling({ level: 1 })
  await p.person('operator', 'ada')
  await asking()
  await p.say('ada', 'staging', 'APPROVED')
  await p.db.admin`update nightshift.projects set policy_version = 2`
  await p.db.admin`
    insert into nightshift.policies (project, version, by, level, cap_per_day, policy)
    select id, 2, 'somebody', level, cap_per_day, policy from nightshift.projects`
  await p.steps(4)
  expect([await approvals(), p.count('merge')]).toEqual([[], 0])
  await p.say('ada', 'staging', 'APPROVED')
  await p.until('soaking')
})
