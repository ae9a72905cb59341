import { expect, test } from 'vitest'
import { BRANCH, desk, PLAN } from './desk.ts'

const at = desk()

test('a merge takes the head that was decided about, or nothing', async () => {
  const { number } = await at.review.open(PLAN)
  const late = at.hub.origin.commit(BRANCH, { 'src/late.ts': 'y\n' }, 'Late')
  expect(await at.review.merge(number, at.head, 'Merge')).toEqual({ state: 'moved' })
  expect(at.hub.head('main')).toBe(at.hub.base)
  // Moved between our look and our call: GitHub itself says so.
  at.hub.fault(/PUT .*\/merge$/, { kind: 'slow', ms: 1500 })
  const merging = at.review.merge(number, late, 'Merge')
  await until(() => at.hub.github.calls.some((call) => call.startsWith('PUT')))
  at.hub.origin.commit(BRANCH, { 'src/later.ts': 'z\n' }, 'Later')
  expect(await merging).toEqual({ state: 'moved' })
  expect(at.hub.head('main')).toBe(at.hub.base)
})

async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('protection is said in its words, and never gone around', async () => {
  const { number } = await at.review.open(PLAN)
  at.hub.repo.protection.set('main', { approvals: 1, checks: ['build'], pullsOnly: true })
  expect(await at.review.merge(number, at.head, 'Merge')).toMatchObject({
    state: 'blocked',
    why: expect.stringContaining('approving review'),
  })
  await at.hub.github.service.review(at.hub.repo, number, { user: 'ada', association: 'MEMBER', state: 'APPROVED' })
  expect(await at.review.merge(number, at.head, 'Merge')).toMatchObject({
    state: 'blocked',
    why: expect.stringContaining('"build"'),
  })
  at.hub.repo.checks.push({ id: 1, name: 'build', sha: at.head, status: 'completed', conclusion: 'success' })
  expect(await at.review.merge(number, at.head, 'Merge it\n\nNightshift-Fix: 1\n')).toEqual({
    state: 'merged',
    sha: at.hub.head('main'),
  })
  expect(at.hub.origin.git('log', '-1', '--format=%B', 'main')).toBe('Merge it\n\nNightshift-Fix: 1')
  expect(at.count('auto-merge')).toBe(0)
})

test('drafts, conflicts and requests that close are told apart', async () => {
  const { number } = await at.review.open({ ...PLAN, draft: true })
  expect(await at.review.merge(number, at.head, 'Merge')).toEqual({ state: 'blocked', why: 'It is a draft.' })
  at.threads()[0]!.pull!.draft = false
  at.hub.origin.commit('main', { 'src/other.ts': 'theirs\n' }, 'Theirs')
  expect(await at.review.merge(number, at.head, 'Merge')).toEqual({ state: 'conflicts' })
  await at.review.close(number)
  await at.review.close(number)
  expect(await at.review.merge(number, at.head, 'Merge')).toEqual({ state: 'closed' })
})

test('a queue is joined once; one that is on its way by itself is waited for', async () => {
  const { number } = await at.review.open(PLAN)
  at.hub.repo.protection.set('main', { approvals: 0, checks: [], pullsOnly: true, queue: true })
  at.hub.fault(/enqueuePullRequest/, { kind: 'lost' })
  expect(await at.review.merge(number, at.head, 'Merge')).toEqual({ state: 'queued' })
  expect(await at.another().merge(number, at.head, 'Merge')).toEqual({ state: 'queued' })
  expect(at.count('queued')).toBe(1)
  await at.hub.github.service.mergeWaiting(at.hub.repo)
  expect(await at.review.merge(number, at.head, 'Merge')).toEqual({ state: 'merged', sha: at.hub.head('main') })
  expect(at.count('merge')).toBe(1)
})

test('a merge that cannot be seen yet is neither said to be one nor not', async () => {
  const { number } = await at.review.open(PLAN)
  await at.review.merge(number, 'f'.repeat(40), 'Merge')
  at.hub.fault(/PUT .*\/merge$/, { kind: 'slow', ms: 700 })
  const merging = at.review.merge(number, at.head, 'Merge')
  await until(() => at.hub.github.calls.some((call) => call.startsWith('PUT')))
  at.hub.fault(/GET .*\/pulls\/1$/, { kind: 'stale' })
  expect(await merging).toEqual({ state: 'unknown' })
  expect(await at.review.merge(number, at.head, 'Merge')).toEqual({ state: 'merged', sha: at.hub.head('main') })
})
