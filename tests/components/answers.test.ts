import { expect, test } from 'vitest'
import { answerInWords } from '../../components/answerWords.ts'

const ZONE = 'Europe/London'
const said = (body: object, status = 200): string => {
  const { tone, head, lines } = answerInWords({ status, body: { ok: status < 400, ...body } }, ZONE)
  return [tone, head, ...lines].join(' | ')
}

const call = { key: 'x:promote:production', kind: 'promote', target: 'production', since: '2026-11-20T03:12:05Z' }
const release = { id: 3, issue: 12, state: 'soaking', rollingBack: false, refused: null }

test.each<[string, object, string]>([
  [
    'paused',
    { state: 'paused', answer: 'done', inFlight: [], releases: [] },
    'good | Paused. | No call is under way any more, and none starts until somebody resumes.',
  ],
  [
    'paused already',
    { state: 'paused', answer: 'already', inFlight: [], releases: [release] },
    'good | It was paused already. | No call is under way any more, and none starts until somebody resumes. | The release of issue 12 stays where it is: soaking.',
  ],
  [
    'draining: each call by name, and whether its end is unknown',
    {
      state: 'draining',
      inFlight: [
        { ...call, unknown: true },
        { ...call, kind: 'rollback', unknown: false },
      ],
      releases: [],
    },
    'ask | Draining: 2 calls still under way. | promote to production since 20 Nov, 03:12:05: its end is unknown, and the far side is asked about it. | rollback on production since 20 Nov, 03:12:05: not answered yet. | Nothing new starts.',
  ],
  [
    'rolled back with it, where that was possible',
    {
      state: 'paused',
      inFlight: [],
      releases: [
        { ...release, rollingBack: true },
        { ...release, issue: 13, refused: 'another release is on its way there' },
      ],
    },
    'good | Paused. | No call is under way any more, and none starts until somebody resumes. | The release of issue 12 is being rolled back. | The release of issue 13 stays where it is: soaking; it is not rolled back: another release is on its way there.',
  ],
  ['resumed', { state: 'resumed', answer: 'done' }, 'good | At work again.'],
  [
    'approved',
    { state: 'approved', answer: 'done', target: 'production', hours: 72 },
    'good | Approved up to production for 72 hours. | It is void as soon as the tree or the policy changes.',
  ],
  [
    'rejected',
    { state: 'rejected', answer: 'done' },
    'good | Rejected. | The patch never comes again, and your reason goes to the next attempt.',
  ],
  [
    'ordered, which is not rolled back',
    { state: 'rolling-back', answer: 'done', release: 3 },
    'ask | The rollback is ordered. | This page says “Rolled back” once that was read back.',
  ],
  [
    'a level',
    { state: 'level', answer: 'done', level: 1 },
    'good | Level 1 from now on. | Approvals given before are void.',
  ],
  ['the same level', { state: 'level', answer: 'already', level: 1 }, 'good | It was level 1 already.'],
  [
    'a policy',
    { state: 'policy', answer: 'done', policyVersion: 4 },
    'good | Saved as version 4. | Approvals given before are void.',
  ],
  ['the same policy', { state: 'policy', answer: 'already' }, 'good | Nothing changed: this is the policy already.'],
  ['a state nobody knows', { state: 'constructor' }, 'good | Done.'],
])('%s', (_, body, expected) => {
  expect(said(body)).toBe(expected)
})

test('a refusal: what happened, each reason on its line, and what to do next', () => {
  const refused = {
    sentence: 'Level 3 is earned at level 2.',
    detail: '3 of 30 days at level 2. 0 of 10 cured in the last 30 days. Relapsed on 2026-11-20.',
    remedy: 'It takes 30 days.',
  }
  expect(said(refused, 409)).toBe(
    'bad | Level 3 is earned at level 2. | 3 of 30 days at level 2. | 0 of 10 cured in the last 30 days. | Relapsed on 2026-11-20. | It takes 30 days.',
  )
})

test('no answer is no refusal: it may have arrived, and is safe to send again', () => {
  const { tone, head, lines } = answerInWords(null, ZONE)
  expect([tone, head, ...lines].join(' ')).toMatch(/not known whether this arrived.*same request, and happens once/)
})
