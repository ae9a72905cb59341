import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunnerName, TestCase, TestFailure } from '../../../domain/testRun.ts'
import { redactText } from '../../../parse/redactText.ts'
import { cutText } from '../../../parse/visible.ts'
import { type Line, lineOf } from './line.ts'

const TEXT_MAX = 2000
const BY_WEIGHT = ['skipped', 'passed', 'failed']

interface Reports {
  /** null when no runner of Python reported. */
  runner: RunnerName | null
  tests: TestCase[]
}

/**
 * The tests all processes of a run reported. A test that ran more than once counts as its worst end; one that began and
 * never ended has failed, since the process that ran it is gone.
 */
export async function reportsIn(folder: string): Promise<Reports> {
  const tests = new Map<string, TestCase>()
  let runner: RunnerName | null = null
  for (const name of (await readdir(folder)).sort()) {
    if (!/^python-\d+-\d+\.jsonl$/.test(name)) continue
    const begun = new Map<string, TestCase>()
    for (const text of (await readFile(join(folder, name), 'utf8')).split('\n')) {
      const line = lineOf(text)
      if (line === null) continue
      if (line.kind === 'runner') {
        runner = runner === 'pytest' ? runner : line.runner
        continue
      }
      const test = testOf(line)
      if (line.kind === 'start') begun.set(test.id, test)
      else {
        begun.delete(test.id)
        add(tests, test)
      }
    }
    for (const test of begun.values()) add(tests, test)
  }
  return { runner, tests: [...tests.values()] }
}

function add(tests: Map<string, TestCase>, test: TestCase): void {
  const known = tests.get(test.id)
  if (!known || BY_WEIGHT.indexOf(test.state) > BY_WEIGHT.indexOf(known.state)) tests.set(test.id, test)
}

function testOf(line: Exclude<Line, { kind: 'runner' }>): TestCase {
  const { file } = line
  const titles = line.titles.map(safe)
  const id = [file ?? '', ...titles].filter(Boolean).join(' > ')
  if (line.kind === 'test') {
    const { state, ms } = line
    return { id, file, titles, state, ms, failure: line.failure && redacted(line.failure) }
  }
  const failure = { type: 'Failure', message: 'The process ended while this test ran.', expected: null, actual: null }
  return { id, file, titles, state: 'failed', ms: null, failure: { ...failure, frames: [] } }
}

/** Titles hold the parameters of a test: text of the repository, which has to stay the same to select by. */
const safe = (title: string): string => cutText(title, TEXT_MAX)

const redacted = ({ type, message, expected, actual, frames }: TestFailure): TestFailure => ({
  type: cutText(type, 200),
  message: short(message),
  expected: expected === null ? null : short(expected),
  actual: actual === null ? null : short(actual),
  frames,
})

const short = (text: string): string => cutText(redactText(text), TEXT_MAX)
