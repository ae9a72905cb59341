import { expect, test } from 'vitest'
import { compareSuites, type ExecutedTest, type SuiteRun } from '../../lib/policy/suite.ts'

const of = (...tests: (string | Partial<ExecutedTest>)[]): SuiteRun => ({
  ms: 100,
  tests: tests.map((one) => ({
    name: '',
    ok: true,
    skipped: false,
    todo: false,
    ...(typeof one === 'string' ? { name: one } : one),
  })),
})
const failed = (name: string) => ({ name, ok: false })
const three = (run: SuiteRun) => [run, run, run]

test('tests that hold are counted, and the new one has to fail before and pass after', () => {
  const answer = compareSuites(
    three(of('a', 'b')),
    of('a', 'b', failed('fix-1')),
    three(of('a', 'b', 'fix-1')),
    'fix-1',
  )
  expect(answer).toMatchObject({
    stable: 2,
    lost: [],
    flickering: [],
    broken: [],
    newTestFailedBefore: true,
    newTestPassed: true,
  })
})

test.each<[string, SuiteRun[], string[]]>([
  ['fails once in three', [of('a', 'b'), of('a', failed('b')), of('a', 'b')], ['b']],
  ['is gone', three(of('a')), ['b']],
  ['is skipped', three(of('a', { name: 'b', skipped: true })), ['b']],
  ['is marked todo', three(of('a', { name: 'b', todo: true })), ['b']],
])('a stable test that %s afterwards is lost', (_, after, lost) => {
  expect(compareSuites(three(of('a', 'b')), of(), after, 'x').lost).toEqual(lost)
})

test('a test that differs between baseline runs is flickering: it neither counts nor is lost', () => {
  const answer = compareSuites(
    [of('a', 'b'), of('a', failed('b')), of('a', 'b')],
    of(),
    three(of('a', failed('b'))),
    'x',
  )
  expect(answer).toMatchObject({ stable: 1, flickering: ['b'], lost: [] })
})

test('a test that always failed is named as broken, not as flickering', () => {
  expect(compareSuites(three(of('a', failed('b'))), of(), three(of('a')), 'x')).toMatchObject({
    broken: ['b'],
    flickering: [],
  })
})

test.each<[string, SuiteRun, SuiteRun[], object]>([
  ['did not run on A', of('a'), three(of('a', 'x')), { newTestFailedBefore: false }],
  ['passed on A', of('a', 'x'), three(of('a', 'x')), { newTestFailedBefore: false }],
  ['failed once on B', of(failed('x')), [of('x'), of('x'), of(failed('x'))], { newTestPassed: false }],
  ['was skipped on B', of(failed('x')), three(of({ name: 'x', skipped: true })), { newTestPassed: false }],
  ['did not run on B', of(failed('x')), three(of('a')), { newTestPassed: false }],
])('a new test that %s proves nothing', (_, red, after, expected) => {
  expect(compareSuites(three(of('a')), red, after, 'x')).toMatchObject(expected)
})
