import type { SuiteResult } from '../domain/fix.ts'

export interface ExecutedTest {
  name: string
  ok: boolean
  skipped: boolean
  todo: boolean
}
export interface SuiteRun {
  tests: ExecutedTest[]
  ms: number
}

/**
 * Every test that passes in all baseline runs must pass in all runs after; tests that differ between runs of one tree
 * are flickering and count for nothing. A skipped test has not passed.
 */
export function compareSuites(before: SuiteRun[], red: SuiteRun, after: SuiteRun[], fixtureId: string): SuiteResult {
  const names = new Set(before.flatMap((run) => run.tests.map((test) => test.name)))
  const stable = [...names].filter((name) => before.every((run) => passed(run, name)))
  const flickering = [...names].filter((name) => !stable.includes(name) && before.some((run) => passed(run, name)))
  const runs: SuiteResult['runs'] = [
    ...before.map((run) => summary('before', run)),
    ...after.map((run) => summary('after', run)),
  ]
  return {
    stable: stable.length,
    broken: [...names].filter((name) =>
      before.every((run) => run.tests.some((test) => test.name === name && !test.ok)),
    ),
    flickering,
    lost: stable.filter((name) => !after.every((run) => passed(run, name))),
    newTestFailedBefore: red.tests.some((test) => test.name.includes(fixtureId) && !test.ok),
    newTestPassed: after.every((run) =>
      run.tests.some((test) => test.name.includes(fixtureId) && test.ok && !test.skipped),
    ),
    runs,
  }
}

const passed = (run: SuiteRun, name: string) =>
  run.tests.some((test) => test.name === name && test.ok && !test.skipped && !test.todo)

const summary = (side: 'before' | 'after', run: SuiteRun) => ({
  side,
  passed: run.tests.filter((test) => test.ok).length,
  failed: run.tests.filter((test) => !test.ok).length,
  ms: run.ms,
})
