import { relative } from 'node:path'
import { saysOutage } from '../../domain/outage.ts'
import type { Spot } from '../../domain/repair.ts'
import { COMMAND, type RunnerName, type TestCase, type TestFailure, type TestSelection } from '../../domain/testRun.ts'
import { loadPlace } from '../../parse/loadPlace.ts'
import { parsePythonTraceback } from '../../parse/pythonTraceback.ts'
import { parseStack } from '../../parse/v8Stack.ts'
import { failureFrom } from './failure.ts'
import { tapTests } from './tapTests.ts'

/** Where no runner was watched: TAP it printed, or the exit status as the one test there is. */
export function fallback(
  exit: number | null,
  output: string,
  workspace: string,
): { runner: RunnerName; tests: TestCase[] } {
  const tap = tapTests(output, workspace)
  if (tap.length > 0) return { runner: 'tap', tests: tap }
  const command = { id: COMMAND, file: null, titles: [], ms: null }
  return exit === 0
    ? { runner: 'command', tests: [{ ...command, state: 'passed', failure: null }] }
    : {
        runner: 'command',
        tests: [{ ...command, state: 'failed', failure: failureIn(output, exit, workspace, 'first') }],
      }
}

/**
 * A command that fails although no test does: one threw where no runner catches it, and those behind it never ran, or what
 * is asked of the whole is not met. Then the command itself is one more test that failed. Where some tests were selected
 * and ended, what is asked of the whole says nothing: a few never cover the lines that all are to cover, and the runner of
 * another package has none of them to run.
 */
export function failedBeside(
  tests: TestCase[],
  only: TestSelection,
  exit: number | null,
  output: string,
  workspace: string,
): TestCase[] {
  if (exit === 0 || tests.some(({ state }) => state === 'failed')) return []
  const whole = only === null || only.some(({ file, titles }) => file === null && titles.length === 0)
  if (!whole && exit !== null && tests.length > 0) return []
  const failure = failureIn(output, exit, workspace, 'last')
  return [{ id: COMMAND, file: null, titles: [], ms: null, state: 'failed', failure }]
}

const TAIL = 1000

/** What it printed of a crash: the first one, or after tests that may print those of others, the last. */
function failureIn(output: string, exit: number | null, workspace: string, which: 'first' | 'last'): TestFailure {
  const crashes = [...parseStack(output), ...parsePythonTraceback(output)]
  // What it says last is why it ended; stacks above may be of errors that were expected.
  const offline = which === 'last' && saysOutage(output.slice(-TAIL))
  const crash = offline ? undefined : crashes.at(which === 'first' ? 0 : -1)
  const end = exit === null ? 'It was ended: its time was up.' : `It ended with ${exit}.`
  if (!crash) return failureFrom({ type: 'Failure', message: `${end}\n${output.slice(-TAIL)}` }, workspace)
  const frames = crash.frames.flatMap(({ path, line, column, function: name }): Spot[] =>
    path !== null && line !== null ? [{ path: inside(path, workspace), line, column, function: name }] : [],
  )
  const place = loadPlace(output)
  const path = place && inside(place.path, workspace)
  // What cannot be loaded has no place of its own in its stack; whatever else was thrown has it already.
  if (path && !frames.some((one) => one.path === path && one.line === place.line))
    frames.unshift({ path, line: place.line, column: null, function: null })
  return {
    type: crash.type,
    message: crash.message,
    expected: null,
    actual: null,
    frames: frames.filter(({ path }) => path !== ''),
  }
}

/** From the root of the repository; empty for what lies outside. */
function inside(path: string, workspace: string): string {
  const from = path.startsWith('/') ? relative(workspace, path) : path
  return from.startsWith('..') || from.includes('node_modules/') ? '' : from
}
