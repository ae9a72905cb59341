import { expect, test } from 'vitest'
import type { DiagnosisFacts } from '../../lib/domain/diagnosis.ts'
import { type DiagnosisInput, diagnosisOf, ESCALATE_BELOW } from '../../lib/policy/diagnosis.ts'

const request = { method: 'POST', path: '/x', headers: {}, body: '{}', capture: 'complete' as const }
const suspect = {
  sha: 'a'.repeat(40),
  tree: 'b'.repeat(40),
  parents: [],
  author: 'Ada',
  at: '2026-11-01',
  subject: 'Add',
}
const facts: DiagnosisFacts = {
  base: 'c'.repeat(40),
  route: 'POST /x',
  crash: { path: 'src/x.ts', line: 7, column: 3, function: 'launch', type: 'TypeError', message: 'm' },
  spots: [],
  frames: [],
  suspect,
  previous: 'd'.repeat(40),
  suspectIsNew: true,
  requests: [request],
  events: ['1'],
}
const ask = (more: Partial<DiagnosisFacts> = {}, input: Partial<DiagnosisInput> = {}) =>
  diagnosisOf({ facts: { ...facts, ...more }, network: false, handled: false, errorType: 'TypeError', ...input })

test.each<[string, ReturnType<typeof ask>, object]>([
  ['everything known', ask(), { cause: 'code', remedy: 'code-fix', confidence: 1 }],
  ['the line is old', ask({ suspectIsNew: false }), { remedy: 'code-fix', confidence: 0.8 }],
  ['nobody to name', ask({ suspect: null, suspectIsNew: false }), { remedy: 'code-fix', confidence: 0.7 }],
  ['a cut body', ask({ requests: [{ ...request, capture: 'partial' }] }), { remedy: 'code-fix', confidence: 0.8 }],
  ['no request', ask({ requests: [] }), { cause: 'inconclusive', remedy: 'needs-person' }],
  ['no line', ask({ crash: null }), { cause: 'inconclusive', remedy: 'needs-person', confidence: 0.1 }],
  [
    'a network failure, whatever else is known',
    ask({}, { network: true }),
    { cause: 'no-code-cause', remedy: 'needs-person' },
  ],
  ['a network failure without a line', ask({ crash: null }, { network: true }), { cause: 'no-code-cause' }],
])('%s', (_, answer, expected) => {
  const { confidence } = answer
  expect({ ...answer, confidence: Math.round(confidence * 100) / 100 }).toMatchObject(expected)
  expect(answer.why.length).toBeGreaterThan(20)
})

test('it says where, since when, and that the app reported it itself', () => {
  expect(ask().why).toBe('TypeError at src/x.ts:7 in launch. The line came with aaaaaaa, which is new in production.')
  expect(ask({}, { handled: true }).why).toContain('reported by the app itself')
})

test('a line that went since is named', () => {
  const frame = { path: 'src/x.ts', line: 7, column: 3, function: 'launch', inApp: true, context: null }
  const { why } = ask({ crash: null, frames: [frame] })
  expect(why).toContain('TypeError at src/x.ts:7 in launch, a line that is not in the code any more')
})

test('without a line a person is asked at once', () => {
  expect(ask({ crash: null }).confidence).toBeLessThan(ESCALATE_BELOW)
})
