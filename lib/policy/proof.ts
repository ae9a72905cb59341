import type { Proof } from '../domain/fix.ts'

/** Three of each side, in turn. */
const RUNS = 6

/** Why this is not proven, or null. Section 5 of the design: A red with the fingerprint, B green, the rest holds. */
export function proofProblem(proof: Proof): string | null {
  const { runs, suite, types } = proof
  const alternating = runs.every((run, i) => run.side === (i % 2 === 0 ? 'A' : 'B'))
  if (runs.length !== RUNS || !alternating) return `only ${runs.length} of ${RUNS} runs were made`
  const odd = runs.find((run) => !run.asExpected)
  if (odd) return `run ${runs.indexOf(odd) + 1} (${odd.side}) did not go as it must`
  if (runs.some((run) => run.side === 'A' && run.egress > 0)) return 'a failing run tried to reach another host'
  if (suite.stable === 0) return 'the project has no test that passes three times in a row'
  if (suite.lost.length > 0) return `tests that passed before do not pass now: ${suite.lost.slice(0, 5).join(', ')}`
  if (!suite.newTestFailedBefore)
    return 'the new regression test did not fail without the fix under the project’s own runner'
  if (!suite.newTestPassed) return 'the new regression test did not pass three times under the project’s own runner'
  if (types && types.after > types.before) return `type errors went from ${types.before} to ${types.after}`
  if (proof.smokeChanged.length > 0) return `answers of the smoke set changed: ${proof.smokeChanged.join(', ')}`
  return null
}
