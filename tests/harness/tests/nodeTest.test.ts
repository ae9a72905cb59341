import { expect, test } from 'vitest'
import { testedSandbox } from '../../sandbox/lab.ts'
import { ask, packageJson, runOf, SOURCE, states } from './lab.ts'

/** Runners that need no package: node:test, whatever prints TAP, and a plain script. */

const sandbox = testedSandbox()

const TEST = `const { test, describe, it } = require('node:test')
const assert = require('node:assert')
const { range, last } = require('../src/lists.js')
test('range', () => assert.deepEqual(range(1, 3), [1, 2]))
describe('ends', () => {
  it('last', () => assert.equal(last([1, 2]), 2))
  it.skip('later', () => {})
})
`
const FILES = {
  'package.json': packageJson('node --test'),
  'src/lists.js': SOURCE,
  'test/lists.test.js': TEST,
  'test/other.test.js': "require('node:test').test('other', () => {})\n",
}
const LAST = 'test/lists.test.js > ends > last'

test('node:test: every test by file and titles, why one failed, and which lines ran', async () => {
  const run = await runOf(sandbox(), FILES, { kind: 'test', coverage: true })
  expect(states(run)).toEqual({
    'test/lists.test.js > range': 'passed',
    [LAST]: 'failed',
    'test/lists.test.js > ends > later': 'skipped',
    'test/other.test.js > other': 'passed',
  })
  expect(run).toMatchObject({ runner: 'node-test', exit: 1 })
  expect(run.tests.find(({ id }) => id === LAST)!.failure).toMatchObject({
    ...{ type: 'AssertionError', expected: '2', actual: 'undefined' },
    frames: [{ path: 'test/lists.test.js', line: 6 }],
  })
  expect(run.coverage!['src/lists.js']).toEqual([1, 10, 1, 11, 13, 0, 14, 15, 1, 16, 16, 0])
})

test('one selected test runs alone, and so does one file', async () => {
  const one = await runOf(sandbox(), FILES, { only: [{ file: 'test/lists.test.js', titles: ['ends', 'last'] }] })
  expect(states(one)).toEqual({ [LAST]: 'failed' })
  const file = await runOf(sandbox(), FILES, { only: [{ file: 'test/other.test.js', titles: [] }] })
  expect(states(file)).toEqual({ 'test/other.test.js > other': 'passed' })
})

test('a script that replaces NODE_OPTIONS is watched all the same', async () => {
  const files = { ...FILES, 'package.json': packageJson('NODE_OPTIONS=--no-warnings node --test test/lists.test.js') }
  expect(states(await runOf(sandbox(), files, {}))).toMatchObject({ [LAST]: 'failed' })
})

test('what ends the run although no test failed is a failure of the command, with its place', async () => {
  const files = {
    'package.json': packageJson('node taps.js'),
    'src/lists.js': `${SOURCE}module.exports.first = (list) => list.none.length\n`,
    'taps.js':
      "console.log('TAP version 13\\nok 1 first')\nconsole.error(new Error('of a test, and expected').stack)\n" +
      "require('./src/lists.js').first([])\nconsole.log('ok 2 second\\n1..2')\n",
  }
  const run = await runOf(sandbox(), files, { kind: 'test', coverage: true })
  expect(states(run)).toEqual({ first: 'passed', command: 'failed' })
  expect(run.tests[1]!.failure).toMatchObject({
    type: 'TypeError',
    frames: [{ path: 'src/lists.js' }, { path: 'taps.js' }],
  })
  const mended = { ...files, 'src/lists.js': files['src/lists.js'].replace('list.none', 'list') }
  expect(states(await runOf(sandbox(), mended, { only: [{ file: null, titles: [] }] }))).toEqual({
    first: 'passed',
    second: 'passed',
  })
})

test('a file that crashes while it is loaded is a failed test with the crash', async () => {
  const files = { ...FILES, 'test/lists.test.js': "require('../src/none.js')\n" }
  const run = await runOf(sandbox(), files, {})
  const crashed = run.tests.find(({ state }) => state === 'failed')!
  expect(crashed).toMatchObject({ file: 'test/lists.test.js' })
  expect(states(run)).toMatchObject({ 'test/other.test.js > other': 'passed' })
})

test('TAP that a program prints is read, with the values of a failed point', async () => {
  const TAP = `console.log(\`TAP version 13
# range
ok 1 should be equal
# last
ok 2 fine
not ok 3 should be equal
  ---
    operator: equal
    expected: 2
    actual:   undefined
    at: Test.<anonymous> (/workspace/test.js:4:5)
  ...

1..3
# tests 3\`); process.exit(1)`
  const run = await runOf(sandbox(), { 'package.json': packageJson('node test.js'), 'test.js': TAP }, {})
  expect(run.runner).toBe('tap')
  expect(states(run)).toEqual({ range: 'passed', last: 'failed' })
  expect(run.tests[1]!.failure).toMatchObject({
    expected: '2',
    actual: 'undefined',
    frames: [{ path: 'test.js', line: 4 }],
  })
})

test('where nothing is recognised the exit status is the one test, with the crash it printed', async () => {
  const files = { 'package.json': packageJson('node check.js'), 'check.js': 'null.x\n' }
  const run = await runOf(sandbox(), files, {})
  expect(run).toMatchObject({ runner: 'command', exit: 1, tests: [{ id: 'command', state: 'failed' }] })
  expect(run.tests[0]!.failure).toMatchObject({ type: 'TypeError', frames: [{ path: 'check.js', line: 1 }] })
  const fine = await runOf(sandbox(), { ...files, 'check.js': '' }, {})
  expect(fine.tests).toMatchObject([{ id: 'command', state: 'passed' }])
})

test('a module that cannot be linked fails at its import, though its stack names no place', async () => {
  const files = {
    'package.json': packageJson('node check.mjs'),
    'check.mjs': "import './lib.mjs'\n",
    'lib.mjs': "const a = 1\nimport { Lists } from 'node:stream'\n",
  }
  const run = await runOf(sandbox(), files, {})
  expect(run.tests[0]!.failure).toMatchObject({ type: 'SyntaxError', frames: [{ path: 'lib.mjs', line: 2 }] })
})

test('a command that never ends is ended, with all it started', async () => {
  const files = { 'package.json': packageJson('sleep 1000 & node -e "setInterval(() => {}, 1000)"') }
  const run = await runOf(sandbox(), files, { wallMs: 1500 })
  expect(run.exit).toBeNull()
  expect(run.tests).toMatchObject([{ state: 'failed', failure: { message: expect.stringContaining('time was up') } }])
})

test('candidates are tried one after the other, each on the files as they were', async () => {
  const fixed = SOURCE.replace('list[list.length]', 'list[list.length - 1]')
  const breaks = fixed.replace('i < to', 'i <= to')
  const hangs = SOURCE.replace('return list[list.length]', 'for (;;) {}')
  const answer = await ask(sandbox(), FILES, {
    ...{ kind: 'screen', wallMs: 3000, budgetMs: 60_000, known: [LAST] },
    only: [{ file: 'test/lists.test.js', titles: ['ends', 'last'] }],
    candidates: [SOURCE, hangs, breaks, fixed].map((text) => ({ 'src/lists.js': text })),
  })
  expect(answer).toMatchObject({
    results: [
      { failed: [LAST], broken: null },
      { passed: [], broken: null },
      { passed: [LAST], broken: ['test/lists.test.js > range'] },
      { passed: [LAST], broken: [] },
    ],
  })
})

test('what each of some tests runs, alone', async () => {
  const tests = ['last', 'range'].map((title) => ({
    file: 'test/lists.test.js',
    titles: title === 'last' ? ['ends', 'last'] : [title],
  }))
  const answer = await ask(sandbox(), FILES, { kind: 'spectrum', budgetMs: 60_000, tests })
  if (answer.kind !== 'spectrum') throw new Error(JSON.stringify(answer))
  const ran = (at: number, line: number): boolean => {
    const spans = answer.runs[at]!['src/lists.js']!
    const span = spans.findIndex((from, i) => i % 3 === 0 && from <= line && spans[i + 1]! >= line)
    return span !== -1 && spans[span + 2]! > 0
  }
  const [inRange, inLast] = [4, 8].map((line) => [ran(0, line), ran(1, line)])
  expect({ inRange, inLast }).toEqual({ inRange: [false, true], inLast: [true, false] })
})

test('once the time is up the rest is not answered, but the first is', async () => {
  const answer = await ask(sandbox(), FILES, {
    ...{ kind: 'screen', budgetMs: 0, known: [], only: [{ file: 'test/lists.test.js', titles: ['ends', 'last'] }] },
    candidates: [SOURCE, SOURCE].map((text) => ({ 'src/lists.js': text })),
  })
  expect(answer).toMatchObject({ results: [{ failed: [LAST] }] })
})

test('a candidate may not write outside the copy', async () => {
  const answer = await ask(sandbox(), FILES, {
    ...{ kind: 'screen', budgetMs: 10_000, known: [], only: [], candidates: [{ '../escape.js': 'x' }] },
  })
  expect(answer).toEqual({ kind: 'failed', why: '../escape.js leaves the workspace' })
})

test.each([['{}'], ['{"kind":"test"}'], ['nonsense']])('a task it does not know is refused: %s', async (stdin) => {
  const run = await sandbox().run({ files: [], argv: ['node', '/nightshift/lib/harness/tests/main.js'], stdin })
  expect(JSON.parse(run.stdout.trim())).toMatchObject({ kind: 'failed' })
})
