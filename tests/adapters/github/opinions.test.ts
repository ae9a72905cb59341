import { expect, test } from 'vitest'
import { type GivenReview, opinionsOf } from '../../../lib/adapters/github/opinions.ts'
import { checksOf } from '../../../lib/adapters/review/checks.ts'

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
