import type { SuiteResult } from '../domain/fix.ts'
import { isOutage } from '../domain/outage.ts'
import type { TestCase, TestRun } from '../domain/testRun.ts'
import { endedIn, isGreen } from './green.ts'
import type { Red } from './red.ts'
import { signatureOf } from './signature.ts'

/** What three runs of a patched copy showed, held against three of the untouched one. */
export interface Tested {
  /** Targets that pass in every run after. */
  fixed: string[]
  /** Targets that still fail. */
  left: string[]
  /** Failing after, for a reason in this code, and not there at all before: what broke ended the run in front of them. */
  fresh: string[]
  suite: SuiteResult
}

export function testedBy(red: Red, before: TestRun[], after: TestRun[]): Tested {
  const ended = after.map(endedIn)
  const passes = (id: string) => ended.every(({ passed }) => passed.includes(id))
  const fixed = red.targets
    .filter((target) => ended.length > 0 && ended.every((run) => isGreen(target, run)))
    .map(({ id }) => id)
  return {
    fixed,
    left: red.targets.map(({ id }) => id).filter((id) => !fixed.includes(id)),
    fresh: freshIn(before, after),
    suite: {
      stable: red.stable.length,
      broken: red.targets.map(({ id }) => id),
      flickering: red.flickering,
      lost: red.stable.filter((id) => !passes(id)),
      newTestFailedBefore: before.every((run) => fixed.every((id) => stateIn(run, id) === 'failed')),
      newTestPassed: fixed.length > 0,
      runs: [...before.map((run) => summary('before', run)), ...after.map((run) => summary('after', run))],
    },
  }
}

function freshIn(before: TestRun[], after: TestRun[]): string[] {
  const known = new Set(before.flatMap(({ tests }) => tests.map(({ id }) => id)))
  const isFresh = ({ id, state, failure }: TestCase) =>
    state === 'failed' && !known.has(id) && !(failure && isOutage(failure))
  return [...new Set(after.flatMap(({ tests }) => tests.filter(isFresh).map(({ id }) => id)))]
}

const stateIn = (run: TestRun, id: string): TestCase['state'] | 'missing' =>
  run.tests.find((test) => test.id === id)?.state ?? 'missing'

const summary = (side: 'before' | 'after', { tests, ms }: TestRun) => ({
  side,
  passed: tests.filter(({ state }) => state === 'passed').length,
  failed: tests.filter(({ state }) => state === 'failed').length,
  ms,
})

/** Whether a run of the untouched copy shows the very fault: every target fails, and as it did at first. */
export function isRedAsBefore(red: Red, run: TestRun): boolean {
  return red.targets.every((target) => {
    const here = run.tests.find(({ id }) => id === target.id)
    if (here?.state !== 'failed') return false
    return !target.failure || !here.failure || signatureOf(here.failure) === signatureOf(target.failure)
  })
}

/**
 * Why a patched copy's runs prove nothing, or null (design, section 5). Tests that stay red speak against the patch when
 * they run what it changed: `reached` says so. One that never gets there fails for a reason of its own.
 */
export function testedProblem(tested: Tested, after: TestRun[], reached: string[]): string | null {
  const { fixed, left, fresh, suite } = tested
  if (fixed.length === 0) return 'no failing test passes with it'
  if (suite.lost.length > 0) return `tests that passed before do not pass now: ${named(suite.lost)}`
  if (fresh.length > 0) return `tests that did not run before fail now: ${named(fresh)}`
  const still = left.filter((id) => reached.includes(id))
  if (still.length > 0) return `tests that run the changed lines still fail: ${named(still)}`
  const odd = after.find((run) => run.exit !== 0 && run.tests.every(({ state }) => state !== 'failed'))
  if (odd && left.length === 0 && suite.flickering.length === 0)
    return `the test command ended with ${odd.exit ?? 'a signal'} although every test passed`
  return null
}

const NAMED = 3
const named = (ids: string[]): string =>
  ids.slice(0, NAMED).join(', ') + (ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '')
