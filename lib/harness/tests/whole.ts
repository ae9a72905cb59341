import type { TestCase, TestFailure, TestSelection } from '../../domain/testRun.ts'

/** Stands for what fails before or around any one test: a compiler's error, a process that died. */
const WHOLE = /^\((?:build|package|target)\)$/

/** The failing case of a whole; `titles` end in the mark, so that a selection of it names it again. */
export const wholeCase = (titles: string[], failure: TestFailure): TestCase => ({
  ...{ id: titles.join(' > '), file: null, titles, state: 'failed', ms: null, failure },
})

const isWhole = (titles: string[]): boolean => WHOLE.test(titles.at(-1) ?? '')

/** The selection a runner can be given: everything, where a whole is among what was asked for. */
export const namedOnly = (only: TestSelection): TestSelection =>
  only?.some(({ titles }) => isWhole(titles)) ? null : only

/** A whole that was asked for and did not fail again has passed, since its runner ran. */
export function settled(only: TestSelection, tests: TestCase[]): TestCase[] {
  const failed = new Set(tests.map(({ id }) => id))
  const passed = (only ?? [])
    .filter(({ titles }) => isWhole(titles) && !failed.has(titles.join(' > ')))
    .map(
      ({ titles }): TestCase => ({
        ...{ id: titles.join(' > '), file: null, titles, state: 'passed', ms: null, failure: null },
      }),
    )
  return [...tests, ...passed]
}
