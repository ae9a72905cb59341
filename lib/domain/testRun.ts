import type { Spot } from './repair.ts'

/** What a test command showed, whatever runner stood behind it. All text is redacted and untrusted. */

export type RunnerName =
  | 'node-test'
  | 'vitest'
  | 'jest'
  | 'mocha'
  | 'ava'
  | 'tap'
  | 'jasmine'
  | 'pytest'
  | 'unittest'
  | 'go'
  | 'junit'
  | 'cargo'
  /** No runner was recognised: the exit status is the one test there is. */
  | 'command'

/** Id of the command itself as a test, where no runner tells its tests, or it fails although none of them does. */
export const COMMAND = 'command'

export interface TestFailure {
  /** `AssertionError`, `TypeError`, `KeyError`; `Failure` where the runner does not say. */
  type: string
  /** At most 2,000 characters. */
  message: string
  /** As the runner printed them, at most 2,000 characters each. */
  expected: string | null
  actual: string | null
  /** The stack's places in the repository (dependencies left out), the innermost first; at most 20. */
  frames: Spot[]
}

export interface TestCase {
  /** `file > suite > … > title`: the same in every run of the same tree, unique within a run. */
  id: string
  /** Path from the root of the repository; null where the runner does not say. */
  file: string | null
  titles: string[]
  state: 'passed' | 'failed' | 'skipped'
  ms: number | null
  failure: TestFailure | null
}

/**
 * Which lines of which files were run, by path: `[from, to, count, from, to, count, …]`, lines counted from one, in order.
 * Files of the repository alone, tests included; count is how often, 1 where only "it ran" is known.
 */
export type Coverage = Record<string, number[]>

export interface TestRun {
  runner: RunnerName
  /** Exit status of the command; null when it had to be killed. */
  exit: number | null
  tests: TestCase[]
  coverage: Coverage | null
  /** The end of what it printed, at most 20,000 characters. */
  output: string
  /** Until the command's end; where it had to be killed, until it last said something. */
  ms: number
}

/** Which tests to run; the whole command where there is none. */
export type TestSelection = Pick<TestCase, 'file' | 'titles'>[] | null

export interface TestCommand {
  /** A shell line, such as `npm test`. */
  command: string
  /** Test values a repository declares. */
  env: Record<string, string>
  /** What is started beside the tests, in the same sandbox, with the repository's migrations and seed. */
  services: 'postgres'[]
  /** A run that takes longer is ended, and fails. */
  wallMs: number
}

/** What the test harness inside the sandbox is asked. */
export type TestTask = TestCommand & { only: TestSelection } & (
    | { kind: 'test'; coverage: boolean }
    | {
        /** Runs each of these alone, for what it runs of the repository; `only` is not looked at. */
        kind: 'spectrum'
        tests: NonNullable<TestSelection>
        /** All of them together; those not reached are not answered. */
        budgetMs: number
      }
    | {
        /** Tries one candidate after the other on the same copy, and puts the files back after each. */
        kind: 'screen'
        /** New texts by path. */
        candidates: Record<string, string>[]
        /** All of them together; those not reached are not answered. */
        budgetMs: number
        /** Ids that may fail in a whole run: they failed before, or flicker. */
        known: string[]
      }
  )

export interface Screened {
  /** Ids of the selected tests by how they ended; a test that did not run is in neither. */
  passed: string[]
  failed: string[]
  /** Of one whole run, where every selected test passed: ids that fail and are not known to. Null: not looked at. */
  broken: string[] | null
  ms: number
}

export type TestAnswer =
  | { kind: 'test'; run: TestRun }
  | { kind: 'screen'; results: Screened[] }
  | { kind: 'spectrum'; runs: (Coverage | null)[] }
  | { kind: 'failed'; why: string }
