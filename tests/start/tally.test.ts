import { expect, it } from 'vitest'
import { lastLine, tally } from '../../cli/test.ts'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
})

it.each([
  ['all passed', [file('passed', 'passed', 'passed'), file('passed', 'passed')], '3 passed, 0 failed'],
  ['some failed', [file('failed', 'passed', 'failed'), file('passed', 'passed')], '2 passed, 1 failed'],
  ['a file could not be loaded', [file('failed'), file('passed', 'passed')], '1 passed, 1 failed'],
  [
    'a set-up failed, so that its tests did not run',
    [file('failed', 'skipped', 'pending')],
    '0 passed, 1 failed, 2 not run',
  ],
  ['some were skipped', [file('passed', 'passed', 'skipped', 'todo')], '1 passed, 0 failed, 2 not run'],
  ['nothing ran', [], '0 passed, 0 failed'],
])('when %s', (_, testResults, line) => {
  expect(lastLine(tally({ testResults }))).toBe(line)
})
