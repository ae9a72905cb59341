import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Trouble } from '../../../emulators/github/server.ts'
import type { Effect } from '../../../emulators/github/types.ts'
import { checksOf } from '../../../lib/adapters/github/checks.ts'
import { hasMarker, withMarker } from '../../../lib/adapters/github/marker.ts'
import { type GivenReview, opinionsOf } from '../../../lib/adapters/github/opinions.ts'
import { githubReview } from '../../../lib/adapters/review.github.ts'
import type { ProposalPlan } from '../../../lib/domain/proposal.ts'
import type { Review } from '../../../lib/world.ts'
import { type Hub, openHub } from '../../contracts/hub.ts'

const BRANCH = 'agent/fix-000000000001'
const PLAN: ProposalPlan = {
  ...{ branch: BRANCH, into: 'main', title: 'Fix: TypeError in POST /api/launch' },
  ...{ body: '## What broke\n\nPOST /api/launch failed.', draft: false, labels: ['nightshift', 'fix'] },
}

let hub: Hub
let review: Review
let head: string
beforeEach(async () => {
  hub = await openHub()
  review = another()
  // The branch is made of main, as the releaser makes it.
  hub.origin.git('update-ref', `refs/heads/${BRANCH}`, hub.base)
  head = hub.origin.commit(BRANCH, { 'src/other.ts': 'x\n' }, 'Fix')
})
afterEach(() => hub.close())

/** One that remembers nothing, as in another process. */
const another = (attemptMs = 8000) => githubReview({ ...hub.options, attemptMs })(hub.project)
const count = (what: Effect['what']) => hub.github.service.count(what)
const threads = () => hub.repo.threads

const TROUBLES: [string, Trouble][] = [
  ['a 502 before the work', { kind: 'before', status: 502 }],
  ['a 502 after the work', { kind: 'after', status: 502 }],
  ['an answer that is lost', { kind: 'lost' }],
  ['no answer after the work', { kind: 'hangs' }],
]

/** Short where nothing will come, and long enough for a busy machine. */
const patience = ({ kind }: Trouble) => (kind === 'hangs' ? 4000 : 8000)

describe.each(TROUBLES)('%s', (_, what) => {
  test.each([
    ['POST .*/pulls$', 'pull', (one: Review) => one.open(PLAN)],
    ['POST .*/labels$', 'pull', (one: Review) => one.open(PLAN)],
    [
      'POST .*/issues$',
      'issue',
      (one: Review) => one.escalate({ marker: 'fix-1', title: 'Help', body: 'Look', labels: [] }),
    ],
  ] as const)('of %s: tried until it is done, it is done once', async (on, effect, act) => {
    hub.fault(new RegExp(on), what)
    await act(another(patience(what))).catch(() => null)
    await act(another(patience(what)))
    await act(another(patience(what)))
    expect(hub.github.faults[0]!.times).toBe(0)
    expect(count(effect)).toBe(1)
  })

  test('of a comment: it is written once, and edited in place', async () => {
    const { number } = await review.open(PLAN)
    hub.fault(/POST .*\/comments$/, what)
    await another(patience(what))
      .comment(number, 'status', 'Soaking')
      .catch(() => null)
    await another().comment(number, 'status', 'Soaking')
    await another().comment(number, 'status', 'In production')
    expect(threads()[0]!.comments.map(({ body }) => body.split('\n')[0])).toEqual(['In production'])
    expect(count('comment')).toBe(1)
  })

  test('of a merge: it is merged once, and known to be', async () => {
    const { number } = await review.open(PLAN)
    hub.fault(/PUT .*\/merge$/, what)
    const answer = await another(patience(what))
      .merge(number, head, 'Merge the fix')
      .catch(() => null)
    const again = await another().merge(number, head, 'Merge the fix')
    expect(again).toEqual({ state: 'merged', sha: hub.head('main') })
    if (answer) expect(answer).toEqual(again)
    expect(count('merge')).toBe(1)
  })
})

test('a request is opened once, with its labels, and found by its branch', async () => {
  const opened = await review.open(PLAN)
  expect(opened).toMatchObject({
    number: 1,
    head,
    state: 'open',
    draft: false,
    branch: BRANCH,
    into: 'main',
    merge: null,
  })
  expect(await review.open(PLAN)).toEqual(opened)
  expect(await another().find(BRANCH, 'main')).toEqual(opened)
  expect(await another().find('agent/fix-000000000002', 'main')).toBeNull()
  expect(threads()[0]!.labels).toEqual(['nightshift', 'fix'])
  expect([count('pull'), count('label')]).toEqual([1, 2])
})

test('a list that is behind does not make a second one', async () => {
  await review.find(BRANCH, 'main')
  await review.open(PLAN)
  hub.fault(/GET .*\/pulls$/, { kind: 'stale' }, 2)
  expect(await another().open(PLAN)).toMatchObject({ number: 1 })
  hub.fault(/GET .*\/comments$/, { kind: 'stale' }, 9)
  await review.comment(1, 'status', 'One')
  await review.comment(1, 'status', 'Two')
  expect(count('comment')).toBe(1)
})

test('somebody else’s request, or one a person closed, is not ours to go on with', async () => {
  await review.open(PLAN)
  threads()[0]!.state = 'closed'
  expect(await another().open(PLAN)).toMatchObject({ number: 1, state: 'closed' })
  expect(await review.merge(1, head, 'Merge')).toEqual({ state: 'closed' })
  Object.assign(threads()[0]!, { user: 'mallory', state: 'open', body: withMarker('x', 'agent:fix-000000000001') })
  expect(await review.find(BRANCH, 'main')).toBeNull()
  await expect(another().open(PLAN)).rejects.toThrow('already exists')
})

test('a comment of others with our marker is not ours', async () => {
  const { number } = await review.open(PLAN)
  threads()[0]!.comments.push({ id: 1, user: 'mallory', body: withMarker('Approved!', 'status') })
  await review.comment(number, 'status', 'Soaking')
  expect(threads()[0]!.comments.map(({ user }) => user)).toEqual(['mallory', 'nightshift[bot]'])
})

test('a comment a person took away is written again when there is news', async () => {
  const { number } = await review.open(PLAN)
  await review.comment(number, 'status', 'One')
  threads()[0]!.comments.length = 0
  await review.comment(number, 'status', 'Two')
  expect(threads()[0]!.comments.map(({ body }) => body.split('\n')[0])).toEqual(['Two'])
})

test('an issue for a person is opened once, and not again when it was closed', async () => {
  const call = { marker: 'fix-1', title: 'A person is needed', body: 'Attempt 3 failed.', labels: ['p1'] }
  expect(await review.escalate(call)).toBe(1)
  threads()[0]!.state = 'closed'
  expect(await another().escalate(call)).toBe(1)
  expect(await another().escalate({ ...call, marker: 'fix-2' })).toBe(2)
  expect(threads()[0]!.labels).toEqual(['nightshift', 'p1'])
})

test('a merge takes the head that was decided about, or nothing', async () => {
  const { number } = await review.open(PLAN)
  const late = hub.origin.commit(BRANCH, { 'src/late.ts': 'y\n' }, 'Late')
  expect(await review.merge(number, head, 'Merge')).toEqual({ state: 'moved' })
  expect(hub.head('main')).toBe(hub.base)
  // Moved between our look and our call: GitHub itself says so.
  hub.fault(/PUT .*\/merge$/, { kind: 'slow', ms: 1500 })
  const merging = review.merge(number, late, 'Merge')
  await until(() => hub.github.calls.some((call) => call.startsWith('PUT')))
  hub.origin.commit(BRANCH, { 'src/later.ts': 'z\n' }, 'Later')
  expect(await merging).toEqual({ state: 'moved' })
  expect(hub.head('main')).toBe(hub.base)
})

async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('protection is said in its words, and never gone around', async () => {
  const { number } = await review.open(PLAN)
  hub.repo.protection.set('main', { approvals: 1, checks: ['build'], pullsOnly: true })
  expect(await review.merge(number, head, 'Merge')).toMatchObject({
    state: 'blocked',
    why: expect.stringContaining('approving review'),
  })
  await hub.github.service.review(hub.repo, number, { user: 'ada', association: 'MEMBER', state: 'APPROVED' })
  expect(await review.merge(number, head, 'Merge')).toMatchObject({
    state: 'blocked',
    why: expect.stringContaining('"build"'),
  })
  hub.repo.checks.push({ id: 1, name: 'build', sha: head, status: 'completed', conclusion: 'success' })
  expect(await review.merge(number, head, 'Merge it\n\nNightshift-Fix: 1\n')).toEqual({
    state: 'merged',
    sha: hub.head('main'),
  })
  expect(hub.origin.git('log', '-1', '--format=%B', 'main')).toBe('Merge it\n\nNightshift-Fix: 1')
  expect(count('auto-merge')).toBe(0)
})

test('drafts, conflicts and requests that close are told apart', async () => {
  const { number } = await review.open({ ...PLAN, draft: true })
  expect(await review.merge(number, head, 'Merge')).toEqual({ state: 'blocked', why: 'It is a draft.' })
  threads()[0]!.pull!.draft = false
  hub.origin.commit('main', { 'src/other.ts': 'theirs\n' }, 'Theirs')
  expect(await review.merge(number, head, 'Merge')).toEqual({ state: 'conflicts' })
  await review.close(number)
  await review.close(number)
  expect(await review.merge(number, head, 'Merge')).toEqual({ state: 'closed' })
})

test('a queue is joined once; one that is on its way by itself is waited for', async () => {
  const { number } = await review.open(PLAN)
  hub.repo.protection.set('main', { approvals: 0, checks: [], pullsOnly: true, queue: true })
  hub.fault(/enqueuePullRequest/, { kind: 'lost' })
  expect(await review.merge(number, head, 'Merge')).toEqual({ state: 'queued' })
  expect(await another().merge(number, head, 'Merge')).toEqual({ state: 'queued' })
  expect(count('queued')).toBe(1)
  await hub.github.service.mergeWaiting(hub.repo)
  expect(await review.merge(number, head, 'Merge')).toEqual({ state: 'merged', sha: hub.head('main') })
  expect(count('merge')).toBe(1)
})

test('opinions and checks are read back for the very head', async () => {
  const { number } = await review.open(PLAN)
  const say = (user: string, association: string, state: 'APPROVED' | 'CHANGES_REQUESTED') =>
    hub.github.service.review(hub.repo, number, { user, association, state })
  for (let i = 0; i < 120; i++) await say(`passer-by-${i}`, 'NONE', 'APPROVED')
  await say('ada', 'MEMBER', 'APPROVED')
  const ada = { by: 'ada', association: 'member', review: expect.any(Number), at: expect.stringMatching(/Z$/) }
  expect(await review.opinions(number)).toEqual({ head, approved: [ada], objected: [] })
  expect(await review.checks(head)).toEqual({ state: 'none', names: [] })
  for (let id = 0; id < 120; id++)
    hub.repo.checks.push({
      id,
      name: `check ${id}`,
      sha: head,
      status: 'completed',
      conclusion: id === 119 ? 'failure' : 'success',
    })
  expect(await review.checks(head)).toEqual({ state: 'failed', names: ['check 119'] })
})

const HEAD = 'a'.repeat(40)
const given = (login: string, state: string, more: Partial<GivenReview> = {}): GivenReview => ({
  ...{ user: { login, type: 'User' }, author_association: 'MEMBER', state, commit_id: HEAD },
  ...more,
})
const MEMBER = [{ by: 'ada', association: 'member' }]

test.each<[string, GivenReview[], object]>([
  ['nothing', [], { approved: [], objected: [] }],
  ['a member approves', [given('ada', 'APPROVED')], { approved: MEMBER, objected: [] }],
  [
    'an owner',
    [given('ada', 'APPROVED', { author_association: 'OWNER' })],
    { approved: [{ by: 'ada', association: 'owner' }] },
  ],
  ['a stranger', [given('eve', 'APPROVED', { author_association: 'CONTRIBUTOR' })], { approved: [] }],
  ['a word every object has', [given('eve', 'APPROVED', { author_association: 'constructor' })], { approved: [] }],
  ['of another head', [given('ada', 'APPROVED', { commit_id: 'b'.repeat(40) })], { approved: [] }],
  ['a comment after it', [given('ada', 'APPROVED'), given('ada', 'COMMENTED')], { approved: MEMBER }],
  [
    'changed her mind',
    [given('ada', 'APPROVED'), given('ada', 'CHANGES_REQUESTED')],
    { approved: [], objected: ['ada'] },
  ],
  ['and back', [given('ada', 'CHANGES_REQUESTED'), given('ada', 'APPROVED')], { approved: MEMBER, objected: [] }],
  ['dismissed', [given('ada', 'APPROVED'), given('ada', 'DISMISSED')], { approved: [], objected: [] }],
  [
    'an old objection stands',
    [given('ada', 'CHANGES_REQUESTED', { commit_id: 'b'.repeat(40) })],
    { objected: ['ada'] },
  ],
  ['a program', [given('ci[bot]', 'APPROVED', { user: { login: 'ci[bot]', type: 'Bot' } })], { approved: [] }],
  ['ourselves', [given('nightshift[bot]', 'APPROVED')], { approved: [] }],
  ['a deleted account', [given('', 'APPROVED', { user: null })], { approved: [] }],
])('opinions: %s', (_, reviews, expected) => {
  expect(opinionsOf(reviews, HEAD, 'nightshift[bot]')).toMatchObject({ head: HEAD, ...expected })
})

const run = (conclusion: string | null, status = 'completed') => ({ name: String(conclusion), status, conclusion })
test.each([
  ['none', [], [], 'none'],
  ['all fine', [run('success'), run('neutral'), run('skipped')], [], 'passed'],
  ['one is running', [run('success'), run(null, 'in_progress')], [], 'pending'],
  ['one failed while one runs', [run('failure'), run(null, 'queued')], [], 'failed'],
  ...['cancelled', 'timed_out', 'action_required', 'stale', 'startup_failure', 'something new', null].map((end) => [
    `ends as ${end}`,
    [run('success'), run(end)],
    [],
    'failed',
  ]),
  ['statuses alone', [], [{ context: 'ci', state: 'success' }], 'passed'],
  ['a status waits', [run('success')], [{ context: 'ci', state: 'pending' }], 'pending'],
  ['a status errs', [run('success')], [{ context: 'ci', state: 'error' }], 'failed'],
] as [string, Parameters<typeof checksOf>[0], Parameters<typeof checksOf>[1], string][])(
  'checks: %s',
  (_, runs, statuses, state) => {
    expect(checksOf(runs, statuses).state).toBe(state)
  },
)

test('a marker is found at the end alone, where a quotation is not', () => {
  const body = withMarker('Text', 'fix-1')
  expect(hasMarker(body, 'fix-1')).toBe(true)
  expect(hasMarker(body.replaceAll('\n', '\r\n'), 'fix-1')).toBe(true)
  expect(hasMarker(body, 'fix-2')).toBe(false)
  expect(hasMarker(`${body}\nmore`, 'fix-1')).toBe(false)
  expect(hasMarker(`> ${body.trim()}`.replace('\n\n', '\n'), 'fix-1')).toBe(false)
  expect(() => withMarker('Text', 'a --> b')).toThrow('no marker')
})
