import { expect, test } from 'vitest'
import type { CureAnswer, ReleaseFacts, ReleaseState } from '../../lib/domain/release.ts'
import { stageOf } from '../../lib/policy/stage.ts'
import type { StageFacts } from '../../lib/policy/stageFacts.ts'
import { after, diagnosis, issue, nothing, project, proven, refused, release } from './stages.ts'
import { fine } from './watches.ts'

const cure = (sentence: string) => ({ cure: { sentence } as CureAnswer })
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
    'In production, not yet shown to be cured: 1.2 expected, 0 seen. Next: asked again after 1, 7 and 30 days.',
  ],
  [
    'relapsed',
    cure('23 expected, 2 seen: it is back'),
    'Relapsed: 23 expected, 2 seen: it is back. Next: attempt 2 of 3.',
  ],
  ['rolled-back', {}, 'Rolled back: the earlier version serves again. Next: attempt 2 of 3.'],
])('%s', (state, facts, sentence) => {
  expect(of(state, facts)).toEqual({ stage: state, noun: 'release', sentence, waitingForYou: false })
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

test.each<[string, ReleaseState, Partial<StageFacts>, string]>([
  ['staging at level 1', 'staging', { project: project(1) }, 'Ready for staging. Level 1 proposes'],
  ['a P1 before production', 'promoting', { issue: issue({ severity: 'P1' }) }, 'a person decides about P1'],
  ['unknown users before production', 'promoting', { issue: issue({ users: null }) }, 'counts as many'],
])('a refused effect waits for a person where the table asks: %s', (_, state, over, words) => {
  const answer = of(state, { waiting: 'no approval for this tree' }, over)
  expect(answer).toMatchObject({ stage: 'waiting-for-you', waitingForYou: true })
  expect(answer.sentence).toContain(words)
  expect(answer.sentence).toContain('Next: you approve or reject it.')
})

test('a refused effect waits for the clock where the table says go', () => {
  expect(of('promoting', { waiting: 'outside its window' })).toEqual({
    stage: 'promoting',
    noun: 'release',
    sentence: 'Waiting before production: outside its window. Next: tried again.',
    waitingForYou: false,
  })
})

test('an old reason does not outlive its step', () => {
  expect(of('soaking', { waiting: 'no approval for this tree' }, { project: project(1) })).toMatchObject({
    stage: 'soaking',
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
