import { relative } from 'node:path'
import type { Spot } from '../../domain/repair.ts'
import type { RunnerName, TestCase, TestFailure } from '../../domain/testRun.ts'
import { loadPlace } from '../../parse/loadPlace.ts'
import { parsePythonTraceback } from '../../parse/pythonTraceback.ts'
import { parseStack } from '../../parse/v8Stack.ts'
import { failureFrom } from './failure.ts'
import { tapTests } from './tapTests.ts'

/** Where no runner was watched: TAP it printed, or the exit status as the one test there is, failed by what it printed. */
export function fallback(
  exit: number | null,
  output: string,
  workspace: string,
): { runner: RunnerName; tests: TestCase[] } {
  const tap = tapTests(output, workspace)
  if (tap.length > 0) return { runner: 'tap', tests: tap }
  const passed = exit === 0
  const test: TestCase = {
    id: 'command',
    file: null,
    titles: [],
    state: passed ? 'passed' : 'failed',
    ms: null,
    failure: null,
  }
  return { runner: 'command', tests: [passed ? test : { ...test, failure: crashIn(output, exit, workspace) }] }
}

const TAIL = 1000

function crashIn(output: string, exit: number | null, workspace: string): TestFailure {
  const [crash] = [...parseStack(output), ...parsePythonTraceback(output)]
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
