import { expect, test } from 'vitest'
import { runProgram } from './tiny.ts'

const FILES = {
  'src/last.js': 'export function last(list) {\n  return list[list.length]\n}\n',
  'test/last.test.js': "import { last } from '../src/last.js'\ntest('the last', () => equal(last([1, 2]), 2))\n",
}
const FAILURE = {
  test: 'the last',
  file: 'test/last.test.js',
  failure: { type: 'AssertionError', message: '', expected: '2', actual: 'undefined', frames: [] },
}

test.each([
  ['suspects', { suspects: [{ path: 'src/last.js', line: 2, weight: 1 }] }],
  ['coverage', { suspects: [], coverage: { failing: [{ 'src/last.js': [1, 3, 1] }], passing: [] } }],
  ['nothing but the test', {}],
])('failures with %s give candidates', async (_with, more) => {
  const task = { files: FILES, failures: [FAILURE], most: 10, ...more }
  const { exit, stdout } = await runProgram('search', '/tmp', JSON.stringify(task))
  expect(exit).toBe(0)
  expect(JSON.parse(stdout)).toHaveLength(10)
  expect(stdout).toContain('list[list.length - 1]')
})

test.each([
  ['no json', 'the task is not JSON'],
  ['{}', 'the input is not failures with files'],
  [JSON.stringify({ files: { a: 1 }, failures: [] }), 'the input is not failures with files'],
  [JSON.stringify({ files: {}, failures: [{ test: 't' }] }), 'the input is not failures with files'],
])('input that cannot be read is refused with a reason (%#)', async (input, why) => {
  const { exit, stdout } = await runProgram('search', '/tmp', input)
  expect([exit, JSON.parse(stdout)]).toEqual([0, [{ ok: false, recipe: 'search', why }]])
})
