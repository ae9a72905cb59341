import { expect, test } from 'vitest'
import { withMarker } from '../../../lib/adapters/review/marker.ts'
import { BRANCH, desk, PLAN } from './desk.ts'

const at = desk()

test('a request is opened once, with its labels, and found by its branch', async () => {
  const opened = await at.review.open(PLAN)
  expect(opened).toMatchObject({
    number: 1,
    head: at.head,
    state: 'open',
    draft: false,
    branch: BRANCH,
    into: 'main',
    merge: null,
  })
  expect(await at.review.open(PLAN)).toEqual(opened)
  expect(await at.another().find(BRANCH, 'main')).toEqual(opened)
  expect(await at.another().find('agent/fix-000000000002', 'main')).toBeNull()
  expect(at.threads()[0]!.labels).toEqual(['nightshift', 'fix'])
  expect([at.count('pull'), at.count('label')]).toEqual([1, 2])
})

test('a list that is behind does not make a second one', async () => {
  await at.review.find(BRANCH, 'main')
  await at.review.open(PLAN)
  at.hub.fault(/GET .*\/pulls$/, { kind: 'stale' }, 2)
  expect(await at.another().open(PLAN)).toMatchObject({ number: 1 })
  at.hub.fault(/GET .*\/comments$/, { kind: 'stale' }, 9)
  await at.review.comment(1, 'status', 'One')
  await at.review.comment(1, 'status', 'Two')
  expect(at.count('comment')).toBe(1)
})

test('somebody else’s request, or one a person closed, is not ours to go on with', async () => {
  await at.review.open(PLAN)
  at.threads()[0]!.state = 'closed'
  expect(await at.another().open(PLAN)).toMatchObject({ number: 1, state: 'closed' })
  expect(await at.review.merge(1, at.head, 'Merge')).toEqual({ state: 'closed' })
  Object.assign(at.threads()[0]!, { user: 'mallory', state: 'open', body: withMarker('x', 'agent:fix-000000000001') })
  expect(await at.review.find(BRANCH, 'main')).toBeNull()
  await expect(at.another().open(PLAN)).rejects.toThrow('already exists')
})

test('a comment of others with our marker is not ours', async () => {
  const { number } = await at.review.open(PLAN)
  at.threads()[0]!.comments.push({ id: 1, user: 'mallory', body: withMarker('Approved!', 'status') })
  await at.review.comment(number, 'status', 'Soaking')
  expect(at.threads()[0]!.comments.map(({ user }) => user)).toEqual(['mallory', 'nightshift[bot]'])
})

test('a comment a person took away is written again when there is news', async () => {
  const { number } = await at.review.open(PLAN)
  await at.review.comment(number, 'status', 'One')
  at.threads()[0]!.comments.length = 0
  await at.review.comment(number, 'status', 'Two')
  expect(at.threads()[0]!.comments.map(({ body }) => body.split('\n')[0])).toEqual(['Two'])
})

test('an issue for a person is opened once, and not again when it was closed', async () => {
  const call = { marker: 'fix-1', title: 'A person is needed', body: 'Attempt 3 failed.', labels: ['p1'] }
  expect(await at.review.escalate(call)).toBe(1)
  at.threads()[0]!.state = 'closed'
  expect(await at.another().escalate(call)).toBe(1)
  expect(await at.another().escalate({ ...call, marker: 'fix-2' })).toBe(2)
  expect(at.threads()[0]!.labels).toEqual(['nightshift', 'p1'])
})

test('opinions and checks are read back for the very head', async () => {
  const { number } = await at.review.open(PLAN)
  const say = (user: string, association: string, state: 'APPROVED' | 'CHANGES_REQUESTED') =>
    at.hub.github.service.review(at.hub.repo, number, { user, association, state })
  for (let i = 0; i < 120; i++) await say(`passer-by-${i}`, 'NONE', 'APPROVED')
  await say('ada', 'MEMBER', 'APPROVED')
  const ada = { by: 'ada', association: 'member', review: expect.any(Number), at: expect.stringMatching(/Z$/) }
  expect(await at.review.opinions(number)).toEqual({ head: at.head, approved: [ada], objected: [] })
  expect(await at.review.checks(at.head)).toEqual({ state: 'none', names: [] })
  for (let id = 0; id < 120; id++)
    at.hub.repo.checks.push({
      id,
      name: `check ${id}`,
      sha: at.head,
      status: 'completed',
      conclusion: id === 119 ? 'failure' : 'success',
    })
  expect(await at.review.checks(at.head)).toEqual({ state: 'failed', names: ['check 119'] })
})

test('a request from a fork’s branch of the same name is not ours', async () => {
  const { number } = await at.review.open(PLAN)
  const pulls: { head: { repo: { full_name: string } } }[] = []
  at.hub.github.watchers.push(({ heard, reply }) => {
    if (reply && heard.url.pathname.endsWith('/pulls')) pulls.push(...JSON.parse(String(reply.body)))
  })
  expect(await at.review.find(BRANCH, 'main')).toMatchObject({ number })
  const [ours] = pulls
  const theirs = { ...ours, head: { ...ours!.head, repo: { ...ours!.head.repo, full_name: 'mallory/shop' } } }
  at.hub.fault(/GET .*\/pulls$/, { kind: 'says', json: [theirs] })
  expect(await at.review.find(BRANCH, 'main')).toBeNull()
})

test('an issue of somebody else’s, and a request of ours, with an issue’s marker are not that issue', async () => {
  await at.review.open(PLAN)
  Object.assign(at.threads()[0]!, { body: withMarker('Request', 'fix-1') })
  const call = { marker: 'fix-1', title: 'A person is needed', body: 'Attempt 3 failed.', labels: [] }
  expect(await at.another().escalate(call)).toBe(2)
  Object.assign(at.threads()[1]!, { user: 'mallory' })
  expect(await at.another().escalate(call)).toBe(3)
})

test('a list that comes to no end is said, not half believed', async () => {
  const { number } = await at.review.open(PLAN)
  const one = {
    ...{ id: 1, user: { login: 'eve', type: 'User' }, author_association: 'NONE', state: 'APPROVED' },
    ...{ commit_id: null, submitted_at: null },
  }
  at.hub.fault(/GET .*\/reviews$/, { kind: 'says', json: Array(100).fill(one) }, 100)
  await expect(at.review.opinions(number)).rejects.toThrow('list is longer than')
})
