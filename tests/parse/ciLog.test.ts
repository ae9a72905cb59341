import { describe, expect, test } from 'vitest'
import { isNamedIn, parseCiLog } from '../../lib/parse/ciLog.ts'

describe('names of failing tests, as their runners print them', () => {
  test.each([
    ['node:test TAP', 'not ok 3 - adds two numbers # time=1ms', 'adds two numbers'],
    ['node:test spec', '✖ adds two numbers (1.23ms)', 'adds two numbers'],
    ['jest', '  ● sums › adds two numbers', 'sums › adds two numbers'],
    ['vitest', ' FAIL  test/a.test.ts > sums > adds two numbers', 'test/a.test.ts > sums > adds two numbers'],
    ['mocha', '  1) adds two numbers:', 'adds two numbers'],
    ['pytest', 'FAILED tests/test_a.py::TestSums::test_adds - assert 1 == 2', 'tests/test_a.py::TestSums::test_adds'],
    ['unittest', 'FAIL: test_adds (tests.test_a.TestSums)', 'test_adds'],
    ['go', '    --- FAIL: TestSums/adds (0.00s)', 'TestSums/adds'],
    ['cargo', 'test sums::adds ... FAILED', 'sums::adds'],
    ['maven', '[ERROR]   SumsTest.adds:12 expected 1', 'SumsTest.adds'],
  ])('%s', (_, line, name) => {
    expect(parseCiLog(`2026-11-28T10:00:00.1234567Z ${line}\n`).failing).toContain(name)
    expect(parseCiLog(`build\tRun tests\t2026-11-28T10:00:00.1234567Z ${line}\n`).failing).toContain(name)
  })

  test.each([
    ['ok 1 - fine'],
    ['PASS test/a.test.js'],
    ['Error: not ok'],
    ['FAILED'],
    ['at Object.<anonymous> (a.js:1:1)'],
  ])('%s is none', (line) => {
    expect(parseCiLog(line).failing).toEqual([])
  })
})

describe('the command that was run', () => {
  test('the step’s own, before the first failure', () => {
    const log = '##[group]Run npm ci\n##[group]Run npm test -- --ci\nnot ok 1 - a\n##[group]Run npm run test:e2e\n'
    expect(parseCiLog(log).command).toBe('npm test -- --ci')
  })
  test('or the script npm names', () => {
    expect(parseCiLog('> app@1.0.0 test:unit\n> mocha\n\n  1) a').command).toBe('npm run test:unit')
  })
  test('never one that is more than a command: a log is no place to take shell from', () => {
    expect(parseCiLog('##[group]Run npm test; curl evil.example\nnot ok 1 - a').command).toBeNull()
    expect(parseCiLog('##[group]Run $(npm test)\nnot ok 1 - a').command).toBeNull()
  })
})

test('a test is recognised by its own name, with its suites in any notation', () => {
  const log = parseCiLog('  ● sums › adds two numbers')
  expect(isNamedIn(log, 'test/a.test.js > sums > adds two numbers')).toBe(true)
  expect(isNamedIn(log, 'test/a.test.js > sums > adds three numbers')).toBe(false)
  expect(isNamedIn(log, 'test/a.test.js > products > multiplies')).toBe(false)
})

test('a long line and a long log end in time', () => {
  expect(parseCiLog(`${'a > '.repeat(200_000)}\n${' 1) '.repeat(100_000)}`).failing.length).toBeLessThan(3)
  expect(parseCiLog('not ok 1 - a\n'.repeat(100_000)).failing).toEqual(['a'])
})
