import { expect, test } from 'vitest'
import type { Proof, ProofRun } from '../../lib/domain/fix.ts'
import { proofProblem } from '../../lib/policy/proof.ts'

const run = (side: 'A' | 'B', more: Partial<ProofRun> = {}): ProofRun => ({
  side,
  status: side === 'A' ? 500 : 404,
  fingerprint: side === 'A',
  others: 0,
  egress: 0,
  ms: 1000,
  asExpected: true,
  ...more,
})
const runs = (): ProofRun[] => ['A', 'B', 'A', 'B', 'A', 'B'].map((side) => run(side as 'A' | 'B'))

const proof = (more: Partial<Proof> = {}, suite: Partial<Proof['suite']> = {}): Proof => ({
  tier: 'replayed',
  runs: runs(),
  suite: {
    stable: 12,
    broken: [],
    flickering: [],
    lost: [],
    newTestFailedBefore: true,
    newTestPassed: true,
    runs: [],
    ...suite,
  },
  types: { before: 0, after: 0 },
  smokeChanged: [],
  gate: 'pass',
  kept: [],
  boundary: 'namespaces',
  ms: 30_000,
  ...more,
})

test('six runs in turn and a suite that holds are a proof', () => {
  expect(proofProblem(proof())).toBeNull()
  expect(proofProblem(proof({ types: null }))).toBeNull()
  expect(proofProblem(proof({ types: { before: 3, after: 2 } }))).toBeNull()
  expect(proofProblem(proof({}, { flickering: ['sometimes'] }))).toBeNull()
})

test.each<[string, Proof, string]>([
  ['five runs', proof({ runs: runs().slice(0, 5) }), 'only 5 of 6'],
  ['no runs', proof({ runs: [] }), 'only 0 of 6'],
  ['runs out of turn', proof({ runs: [...runs().slice(1), run('A')] }), 'of 6 runs'],
  ['an A that was green', proof({ runs: runs().with(2, run('A', { asExpected: false })) }), 'run 3 (A)'],
  ['a B that was red', proof({ runs: runs().with(5, run('B', { asExpected: false })) }), 'run 6 (B)'],
  ['an A that reached out', proof({ runs: runs().with(0, run('A', { egress: 1 })) }), 'another host'],
  ['no stable test', proof({}, { stable: 0 }), 'no test that passes three times'],
  ['a lost test', proof({}, { lost: ['books a slot'] }), 'books a slot'],
  ['a new test that did not fail before', proof({}, { newTestFailedBefore: false }), 'did not fail'],
  ['a new test that did not pass', proof({}, { newTestPassed: false }), 'did not pass'],
  ['one more type error', proof({ types: { before: 1, after: 2 } }), 'from 1 to 2'],
  ['another answer of the smoke set', proof({ smokeChanged: ['GET /'] }), 'GET /'],
])('%s is none', (_, given, why) => {
  expect(proofProblem(given)).toContain(why)
})
