import { expect, test } from 'vitest'
import type { Back, Refusal, ReleaseState } from '../../lib/domain/release.ts'
import { stageOf } from '../../lib/policy/stage.ts'
import type { StageFacts } from '../../lib/policy/stageFacts.ts'
import { after, diagnosis, drafting, issue, nothing, project, proven, refused, release, seenAt } from './stages.ts'

const closed = (closedAs: 'cured' | 'archived') => issue({ state: 'closed', closedAs, closedAt: after(60) })
const of = (over: Partial<StageFacts>) => stageOf({ ...nothing, diagnosis: diagnosis(), ...over })

/** What is different, then stage, noun, whether it waits for a person, and words the sentence has to hold. */
type Case = [string, Partial<StageFacts>, string, string, boolean, string]

const BEFORE_A_FIX: Case[] = [
  ['an issue', { diagnosis: null }, 'diagnosing', 'issue', false, 'Next: a diagnosis.'],
  ['an issue, late', { diagnosis: null, now: after(120) }, 'diagnosing', 'issue', false, 'It is 1 h late'],
  ['a P4', { diagnosis: null, issue: issue({ severity: 'P4' }) }, 'noticed', 'issue', false, 'review, by 2026-06-08'],
  ['a cause in code', {}, 'fixing', 'diagnosis', false, 'attempt 1'],
  ['thin evidence', { diagnosis: diagnosis({ confidence: 0.29 }) }, 'needs-person', 'diagnosis', true, 'too thin'],
  ['just enough evidence', { diagnosis: diagnosis({ confidence: 0.3 }) }, 'fixing', 'diagnosis', false, 'attempt 1'],
  ['inconclusive', { diagnosis: diagnosis({ cause: 'inconclusive' }) }, 'needs-person', 'diagnosis', true, 'a person'],
  [
    'for a person',
    { diagnosis: diagnosis({ remedy: 'needs-person' }) },
    'needs-person',
    'diagnosis',
    true,
    'takes over',
  ],
  ['roll back', { diagnosis: diagnosis({ remedy: 'rollback' }) }, 'waiting-for-you', 'diagnosis', true, 'roll back'],
  ['flag off', { diagnosis: diagnosis({ remedy: 'flag-off' }) }, 'waiting-for-you', 'diagnosis', true, 'the flag'],
]

const NO_CODE: Case[] = [
  ['upstream is down', 'needs-person', true, 'outside of this code'] as const,
  ['rerun', 'rerun', false, 'started again'] as const,
  ['reset', 'reset-environment', false, 'is reset'] as const,
  ['ignored', 'ignore', false, 'left alone'] as const,
  ['a flag', 'flag-off', true, 'the flag'] as const,
].map(([name, remedy, waits, words]) => [
  name,
  { diagnosis: diagnosis({ cause: 'no-code-cause', remedy }) },
  'no-code-cause',
  'diagnosis',
  waits,
  words,
])

const FIXES: Case[] = [
  ['a draft', { fixes: [drafting(1)] }, 'fixing', 'fix', false, 'Attempt 1 of 3: a failing test'],
  ['refused once', { fixes: [refused(1)] }, 'fixing', 'fix', false, 'refused: a test broke. Next: attempt 2 of 3.'],
  [
    'refused for several reasons',
    { fixes: [refused(1, 'no recipe fits\nnames: not one')] },
    'fixing',
    'fix',
    false,
    'Attempt 1 of 3 was refused: no recipe fits. Next: attempt 2 of 3.',
  ],
  ['out of order', { fixes: [drafting(2), refused(1)] }, 'fixing', 'fix', false, 'Attempt 2 of 3: a failing test'],
  [
    'refused three times',
    { fixes: [refused(1), refused(2), refused(3)] },
    'needs-person',
    'fix',
    true,
    'person takes over',
  ],
  ['proven', { fixes: [proven(1)] }, 'proven', 'fix', false, 'Next: staging, when nothing else is on its way there.'],
  [
    'proven at level 1',
    { fixes: [proven(1)], project: project(1) },
    'waiting-for-you',
    'fix',
    true,
    'Level 1 proposes',
  ],
  ['archived', { issue: closed('archived') }, 'archived', 'diagnosis', false, 'Archived'],
  ['archived early', { issue: closed('archived'), diagnosis: null }, 'archived', 'issue', false, 'Archived'],
  ['cured, release forgotten', { issue: closed('cured') }, 'cured', 'issue', false, 'Cured'],
]

test.each([...BEFORE_A_FIX, ...NO_CODE, ...FIXES])('%s', (_, over, stage, noun, waitingForYou, words) => {
  const answer = of(over)
  expect(answer).toMatchObject({ stage, noun, waitingForYou })
  expect(answer.sentence).toContain(words)
  expect(answer.sentence).toMatch(/\.$/)
})

test('a newer attempt overtakes the release of an older one', () => {
  const rolledBack = release('rolled-back')
  expect(of({ fixes: [proven(1)], release: rolledBack })).toMatchObject({ stage: 'rolled-back', noun: 'release' })
  const newer = { ...drafting(2), createdAt: after(10) }
  expect(of({ fixes: [proven(1), newer], release: rolledBack })).toMatchObject({ stage: 'fixing', noun: 'fix' })
})

test.each<[ReleaseState, boolean]>([
  ['staging', true],
  ['soaking', true],
  ['promoting', true],
  ['held', true],
  ['watching', false],
  ['rolling-back', false],
  ['rolled-back', false],
])('rejected while another one has its place: a release that is %s is on its way back: %s', (state, onItsWay) => {
  const no = proven(1, { withdrawn: true, withdrawnWhy: 'Ada rejected it: no.' })
  const asks: Refusal = { kind: 'merge', target: 'production', reason: 'needs approval', why: [], asks: true }
  const answer = of({ fixes: [no], release: release(state, { refused: asks }) })
  expect(answer.sentence.startsWith('Ada rejected it: no. Next: it leaves staging')).toBe(onItsWay)
  if (onItsWay) expect(answer).toMatchObject({ stage: 'rolling-back', waitingForYou: false })
  const back: Back = { kind: 'rejected', why: 'no', from: state, lane: 'staging', at: '', turn: 1 }
  expect(of({ fixes: [no], release: release(state, { back }) }).sentence).not.toContain('it leaves staging')
})

test('an older draft does not hide the release', () => {
  const older = { ...drafting(2), createdAt: seenAt }
  expect(of({ fixes: [proven(1), older], release: release('soaking') })).toMatchObject({ stage: 'soaking' })
})

test('a pause is said wherever something would move, and nowhere else', () => {
  const paused = project(2, after(20))
  expect(of({ project: paused, fixes: [proven(1)] }).sentence).toMatch(/^Paused until somebody resumes\. /)
  expect(of({ project: paused, fixes: [proven(1)], release: release('soaking') }).sentence).toMatch(/^Paused/)
  expect(of({ project: paused, fixes: [proven(1)], release: release('held') }).sentence).toMatch(/^Held/)
  expect(of({ project: paused, issue: closed('cured') }).sentence).toMatch(/^Cured/)
})
