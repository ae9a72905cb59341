import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { GitTrouble } from '../../../emulators/git/https.ts'
import { quiet } from '../../../lib/adapters/gitlab/quiet.ts'
import { withMarker } from '../../../lib/adapters/review/marker.ts'
import { gitlabReview } from '../../../lib/adapters/review.gitlab.ts'
import type { ProposalPlan } from '../../../lib/domain/proposal.ts'
import type { Review } from '../../../lib/world/review.ts'
import { TOKEN } from '../../contracts/gitHosts.ts'
import { openGitlab } from '../../contracts/gitlabHost.ts'

const BRANCH = 'agent/fix-000000000001'
const PLAN: ProposalPlan = {
  ...{ branch: BRANCH, into: 'main', title: 'Fix: TypeError in POST /api/launch' },
  ...{ body: '## What broke\n\nPOST /api/launch failed.', draft: false, labels: ['nightshift', 'fix'] },
}
const ADA = { id: 21, username: 'ada' }

let hub: Awaited<ReturnType<typeof openGitlab>>
let review: Review
let head: string
beforeEach(async () => {
  hub = await openGitlab()
  review = another()
  hub.origin.git('update-ref', `refs/heads/${BRANCH}`, hub.base)
  head = hub.origin.commit(BRANCH, { 'src/other.ts': 'x\n' }, 'Fix')
})
afterEach(() => hub.close())

/** One that remembers nothing, as in another process. */
const another = (attemptMs = 8000) => gitlabReview({ ...hub.options, attemptMs })(hub.project)
const there = () => hub.host.project
const count = (what: string) => there().count(what)

const TROUBLES: [string, GitTrouble][] = [
  ['a 502 before the work', { kind: 'before', status: 502 }],
  ['a 502 after the work', { kind: 'after', status: 502 }],
  ['an answer that is lost', { kind: 'cut-after' }],
  ['a connection that is cut before', { kind: 'cut-before' }],
  ['no answer', { kind: 'hangs' }],
]
const patience = ({ kind }: GitTrouble) => (kind === 'hangs' ? 3000 : 8000)

describe.each(TROUBLES)('%s', (_, what) => {
  test.each([
    ['POST .*/merge_requests$', 'request', (one: Review) => one.open(PLAN)],
    ['POST .*/issues$', 'issue', (one: Review) => one.escalate({ marker: 'fix-1', title: 'H', body: 'L', labels: [] })],
  ] as const)('of %s: tried until it is done, it is done once', async (on, effect, act) => {
    hub.fault(new RegExp(on), what)
    await act(another(patience(what))).catch(() => null)
    await act(another())
    await act(another())
    expect(hub.host.faults[0]!.times).toBe(0)
    expect(count(effect)).toBe(1)
  })

  test('of a note: it is written once, and edited in place', async () => {
    const { number } = await review.open(PLAN)
    hub.fault(/POST .*\/notes$/, what)
    await another(patience(what))
      .comment(number, 'status', 'Soaking')
      .catch(() => null)
    await another().comment(number, 'status', 'Soaking')
    await another().comment(number, 'status', 'In production')
    expect(there().requests[0]!.notes.map(({ body }) => body.split('\n')[0])).toEqual(['In production'])
    expect(count('note')).toBe(1)
  })

  test('of a merge: it is merged once, and known to be', async () => {
    const { number } = await review.open(PLAN)
    hub.fault(/PUT .*\/merge$/, what)
    await another(patience(what))
      .merge(number, head, 'Merge the fix')
      .catch(() => null)
    const again = await another().merge(number, head, 'Merge the fix')
    expect(again).toEqual({ state: 'merged', sha: await hub.head('main') })
    expect(count('merge')).toBe(1)
    expect(await another().find(BRANCH, 'main')).toMatchObject({ state: 'merged', merge: await hub.head('main') })
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
  expect(there().requests[0]!.labels).toEqual(['nightshift', 'fix'])
})

test('somebody else’s request, or one a person closed, is not ours to go on with', async () => {
  await review.open(PLAN)
  await review.close(1)
  await review.close(1)
  expect(count('close')).toBe(1)
  expect(await another().open(PLAN)).toMatchObject({ number: 1, state: 'closed' })
  expect(await review.merge(1, head, 'Merge')).toEqual({ state: 'closed' })
  Object.assign(there().requests[0]!, { author: ADA, state: 'opened', last: null })
  expect(await review.find(BRANCH, 'main')).toBeNull()
  await expect(another().open(PLAN)).rejects.toThrow('Another open merge request')
})

test('a note of others with our marker is not ours, and a note a person took away is written again', async () => {
  const { number } = await review.open(PLAN)
  const { notes } = there().requests[0]!
  notes.push({ id: 1, author: ADA, system: false, body: withMarker('Approved!', 'status') })
  await review.comment(number, 'status', 'One')
  expect(notes.map(({ author }) => author.username)).toEqual(['ada', there().me.username])
  notes.pop()
  await review.comment(number, 'status', 'Two')
  expect(notes.map(({ body }) => body.split('\n')[0])).toEqual(['Approved!', 'Two'])
})

test('a note that says it already is left alone, although GitLab trims what it keeps', async () => {
  const { number } = await review.open(PLAN)
  for (const one of [review, review, another()]) await one.comment(number, 'status', 'Soaking')
  expect([count('note'), count('edit')]).toEqual([1, 0])
  expect(await another().isCommented(number, 'status', 'Soaking')).toBe(true)
  await another().comment(number, 'status', 'In production')
  expect([count('note'), count('edit')]).toEqual([1, 1])
})

test('an issue for a person is opened once, and not again when it was closed', async () => {
  const call = { marker: 'fix-1', title: 'A person is needed', body: 'Attempt 3 failed.', labels: ['p1'] }
  expect(await review.escalate(call)).toBe(1)
  there().issues[0]!.state = 'closed'
  expect(await another().escalate(call)).toBe(1)
  expect(await another().escalate({ ...call, marker: 'fix-2' })).toBe(2)
  expect(there().issues[0]!.labels).toEqual(['nightshift', 'p1'])
})

test('a text of ours carries out no command', async () => {
  const evil = 'It said:\n/merge\n  /approve\n/close now'
  const { number } = await review.open({ ...PLAN, body: evil })
  await review.comment(number, 'status', evil)
  await review.comment(number, 'status', `${evil}\n/label ~x`)
  await review.escalate({ marker: 'fix-1', title: 'H', body: evil, labels: [] })
  expect(there().quick).toEqual([])
  expect(quiet('see /srv and\n// a comment')).toBe('see /srv and\n// a comment')
})

test('a merge takes the head that was decided about, or nothing', async () => {
  const { number } = await review.open(PLAN)
  hub.origin.commit(BRANCH, { 'src/late.ts': 'y\n' }, 'Late')
  expect(await review.merge(number, head, 'Merge')).toEqual({ state: 'moved' })
  expect(await hub.head('main')).toBe(hub.base)
})

test('rules are said in GitLab’s words, drafts and conflicts are told apart, and what it finds out is waited for', async () => {
  const { number } = await review.open({ ...PLAN, draft: true })
  expect(await review.merge(number, head, 'Merge')).toEqual({ state: 'blocked', why: 'It is a draft.' })
  there().requests[0]!.title = PLAN.title
  there().approvalsNeeded = 1
  expect(await review.merge(number, head, 'Merge')).toMatchObject({
    state: 'blocked',
    why: expect.stringContaining('not approved'),
  })
  await there().approve(there().requests[0]!, ADA)
  there().pipelineNeeded = true
  expect(await review.merge(number, head, 'Merge')).toMatchObject({
    state: 'blocked',
    why: expect.stringContaining('ci must pass'),
  })
  there().statuses.push({ sha: head, name: 'test', status: 'success' })
  there().checksFor = 9
  expect(await review.merge(number, head, 'Merge')).toEqual({ state: 'unknown' })
  there().checksFor = 1
  const message = 'Merge it\n\nNightshift-Fix: 1\n'
  expect(await review.merge(number, head, message)).toEqual({ state: 'merged', sha: await hub.head('main') })
  expect(hub.origin.git('log', '-1', '--format=%B', 'main')).toBe(message.trim())
})

test('a conflict is said', async () => {
  const { number } = await review.open(PLAN)
  hub.origin.commit('main', { 'src/other.ts': 'theirs\n' }, 'Theirs')
  expect(await review.merge(number, head, 'Merge')).toEqual({ state: 'conflicts' })
})

test('an approval is a member’s, of this very head', async () => {
  const { number } = await review.open(PLAN)
  const request = there().requests[0]!
  const approved = async () => (await review.opinions(number)).approved
  await there().approve(request, { id: 30, username: 'stranger' })
  await there().approve(request, { id: 31, username: 'reporter' })
  await there().approve(request, { id: 32, username: 'project_1_bot_x' })
  await there().approve(request, there().me)
  for (const [id, level] of [
    [31, 20],
    [32, 40],
    [there().me.id, 40],
    [ADA.id, 40],
  ] as const)
    there().members.set(id, level)
  expect(await approved()).toEqual([])
  request.approvals.push({ user: ADA })
  expect(await approved()).toEqual([])
  await there().approve(request, ADA)
  expect(await approved()).toEqual([
    { by: 'ada', association: 'member', review: expect.any(Number), at: expect.any(String) },
  ])
  request.reviewers.push({ user: ADA, state: 'requested_changes' })
  expect(await review.opinions(number)).toMatchObject({ approved: [], objected: ['ada'] })
  request.reviewers.length = 0
  await new Promise((resolve) => setTimeout(resolve, 20))
  const late = hub.origin.commit(BRANCH, { 'src/late.ts': 'y\n' }, 'Late')
  expect(await review.opinions(number)).toEqual({ head: late, approved: [], objected: [] })
})

test.each([
  [[], 'none'],
  [
    [
      ['test', 'success'],
      ['lint', 'skipped'],
    ],
    'passed',
  ],
  [
    [
      ['test', 'success'],
      ['deploy', 'running'],
    ],
    'pending',
  ],
  [
    [
      ['test', 'failed'],
      ['deploy', 'running'],
    ],
    'failed',
  ],
  [[['test', 'canceled']], 'failed'],
  [[['test', 'something new']], 'failed'],
  [
    [
      ['test', 'success'],
      ['flaky', 'failed', true],
    ],
    'passed',
  ],
  [
    [
      ['test', 'success'],
      ['deploy', 'manual', true],
    ],
    'passed',
  ],
  [[['deploy', 'manual', false]], 'pending'],
] as [[string, string, boolean?][], string][])('checks %j are %s', async (given, state) => {
  for (const [name, status, allow_failure = false] of given)
    there().statuses.push({ sha: head, name, status, allow_failure })
  expect((await review.checks(head)).state).toBe(state)
})

test('more checks than a page holds are read to the end', async () => {
  for (let n = 0; n < 120; n += 1)
    there().statuses.push({ sha: head, name: `job ${n}`, status: n === 119 ? 'failed' : 'success' })
  expect(await review.checks(head)).toEqual({ state: 'failed', names: ['job 119'] })
})

test('a token that is refused, one that only reads, a limit and a host that is down are told apart, without the token', async () => {
  const told = async (call: Promise<unknown>) => {
    const error = (await call.catch((why: unknown) => why)) as { code?: string; message: string }
    expect(error.message).not.toContain(TOKEN)
    return error.code
  }
  hub.host.tokens.set(TOKEN, 'read')
  expect(await told(another().open(PLAN))).toBe('GIT_UNAUTHORISED')
  hub.host.tokens.clear()
  expect(await told(another().find(BRANCH, 'main'))).toBe('GIT_UNAUTHORISED')
  hub.host.tokens.set(TOKEN, 'write')
  hub.fault(/./, { kind: 'before', status: 429 })
  expect(await told(another().find(BRANCH, 'main'))).toBe('GIT_LIMITED')
  hub.fault(/./, { kind: 'before', status: 200 })
  expect(await told(another().find(BRANCH, 'main'))).toBe('CODE_UNREACHABLE')
  hub.fault(/./, { kind: 'redirects', to: 'https://elsewhere.example/' })
  expect(await told(another().find(BRANCH, 'main'))).toBe('CODE_UNREACHABLE')
  expect(await told(gitlabReview({ ...hub.options, cafile: undefined })(hub.project).find(BRANCH, 'main'))).toBe(
    'GIT_CERTIFICATE',
  )
  await hub.host.close()
  expect(await told(another(500).find(BRANCH, 'main'))).toBe('GIT_UNREACHABLE')
  hub = await openGitlab()
})
