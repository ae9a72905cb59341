import { expect, test } from 'vitest'
import type { Back, CureAnswer, Refusal, ReleaseFacts, ReleaseState } from '../../lib/domain/release.ts'
import { stageOf } from '../../lib/policy/stage.ts'
import type { StageFacts } from '../../lib/policy/stageFacts.ts'
import { after, diagnosis, nothing, proven, refused, release } from './stages.ts'
import { fine } from './watches.ts'

const cure = (sentence: string) => ({ cure: { sentence } as CureAnswer })
const BACK: Back = {
  kind: 'unhealthy',
  why: 'A new error was seen 3 times.',
  from: 'watching',
  lane: 'production',
  at: '',
  turn: 1,
}
const of = (state: ReleaseState, facts: ReleaseFacts = {}, over: Partial<StageFacts> = {}) =>
  stageOf({ ...nothing, diagnosis: diagnosis(), fixes: [proven(1)], release: release(state, facts), ...over })

test.each<[ReleaseState, ReleaseFacts, string]>([
  ['staging', {}, 'Deploying to staging. Next: a soak of 10 min.'],
  ['soaking', {}, 'Soaking on staging: 0 of 60 probes, 0 failed. Next: production.'],
  [
    'soaking',
    { soak: { ...fine, probes: { sent: 34, failed: 0, p50: 1, p95: 2 } } },
    'Soaking on staging: 34 of 60 probes, 0 failed. Next: production.',
  ],
  ['promoting', {}, 'Going to production. Next: a watch of 30 min.'],
  [
    'watching',
    { watch: { ...fine, since: after(22).toISOString() } },
    'Watched in production for 8 min of 30 min. Next: whether the error stopped.',
  ],
  ['watching', {}, 'Watched in production for 0 s of 30 min. Next: whether the error stopped.'],
  ['cured', cure('23 expected, 0 seen'), 'Cured: 23 expected, 0 seen. Nothing is left to do.'],
  [
    'unexposed',
    cure('1.2 expected, 0 seen'),
    'In production, not yet shown to be cured: 1.2 expected, 0 seen. Next: asked again when there should have been enough requests, and after 1, 7 and 30 days.',
  ],
  [
    'relapsed',
    cure('23 expected, 2 seen: it is back'),
    'Relapsed: 23 expected, 2 seen: it is back. Next: attempt 2 of 3.',
  ],
  ['rolled-back', { back: BACK }, 'Rolled back. A new error was seen 3 times. Next: attempt 2 of 3.'],
  [
    'rolling-back',
    { back: { ...BACK, undone: { production: 'Production serves a1b2c3d again.' } } },
    'Rolling back: A new error was seen 3 times. 1 of 4 steps done. Next: the issue opens again.',
  ],
])('%s', (state, facts, sentence) => {
  expect(of(state, facts)).toEqual({ stage: state, noun: 'release', sentence, waitingForYou: false })
})

test('what the code host holds back waits for a person, and its checks and queues for nobody', () => {
  const held: Refusal = {
    ...{ kind: 'merge', target: 'staging', reason: 'held: branch protection', asks: false },
    why: ['The code host says: one review is required.'],
  }
  expect(of('staging', { refused: held })).toEqual({
    ...{ stage: 'waiting-for-you', noun: 'release', waitingForYou: true },
    sentence:
      'Waiting before staging: held: branch protection. The code host says: one review is required. Next: you see to its pull request; it is asked again.',
  })
  expect(of('promoting', { waiting: 'its checks are running: build' })).toEqual({
    ...{ stage: 'promoting', noun: 'release', waitingForYou: false },
    sentence: 'Waiting before production: its checks are running: build. Next: it is merged.',
  })
})

test('held waits for a person, with its reason', () => {
  expect(of('held', { waiting: 'branch protection' })).toEqual({
    stage: 'held',
    noun: 'release',
    sentence: 'Held: branch protection. Next: you look at it.',
    waitingForYou: true,
  })
  expect(of('held').sentence).toContain('no reason was recorded')
})

const refusal = (over: Partial<Refusal> = {}): Refusal => ({
  kind: 'promote',
  target: 'production',
  reason: 'no approval for this tree',
  why: ['At level 2 a person decides about P1.'],
  asks: true,
  ...over,
})

test.each<[string, ReleaseState, Partial<Refusal>, ReleaseFacts, string]>([
  [
    'an approval',
    'promoting',
    {},
    {},
    'Ready for production. At level 2 a person decides about P1. Next: you approve or reject it.',
  ],
  [
    'another approval than the one there is',
    'staging',
    { target: 'staging', reason: 'the approval has expired', why: ['Level 1 proposes.'] },
    {},
    'Ready for staging. The approval has expired. Level 1 proposes. Next: you approve or reject it.',
  ],
  [
    'a rollback while paused',
    'rolling-back',
    { kind: 'rollback', reason: 'paused', asks: false, why: [] },
    { back: BACK },
    'Rolling back waits: paused. A new error was seen 3 times. Next: you roll it back.',
  ],
])('a refused effect waits for a person: %s', (_, state, over, facts, sentence) => {
  const answer = of(state, { ...facts, refused: refusal(over) })
  expect(answer).toEqual({ stage: 'waiting-for-you', noun: 'release', sentence, waitingForYou: true })
})

test.each([
  ['the clock', 'outside its window', ['Outside production hours.'], ' Outside production hours.'],
  ['the cap', 'daily cap', [], ''],
])('a refused effect waits by itself for %s', (_, reason, why, said) => {
  expect(of('promoting', { refused: refusal({ reason, why, asks: false }) })).toEqual({
    stage: 'promoting',
    noun: 'release',
    sentence: `Waiting before production: ${reason}.${said} Next: tried again.`,
    waitingForYou: false,
  })
})

test('the third attempt that came back ends with a person', () => {
  const fixes = [refused(1), refused(2), proven(3)]
  for (const state of ['relapsed', 'rolled-back'] as const) {
    const answer = of(state, {}, { fixes, release: release(state, {}, 'fix-3') })
    expect(answer).toMatchObject({ stage: 'needs-person', noun: 'release', waitingForYou: true })
    expect(answer.sentence).toContain('3 of 3 attempts are used')
  }
})
