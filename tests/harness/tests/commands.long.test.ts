import { describe, expect, test } from 'vitest'
import { testedSandbox } from '../../sandbox/lab.ts'
import { packageJson, runOf, states } from './lab.ts'

/** The commands people give `node:test`: through programs of theirs, in folders, with reporters, with thresholds. */

const sandbox = testedSandbox()

const passing = (...titles: string[]): string =>
  `const { test } = require('node:test')\n${titles.map((title) => `test('${title}', () => {})\n`).join('')}`
const FILES = {
  'test/a.test.js': passing('one', 'two'),
  'test/b.test.js': passing('three'),
  'wrap.js':
    "process.exitCode = require('node:child_process').spawnSync(process.argv[2], process.argv.slice(3), { stdio: 'inherit' }).status\n",
  'set.cjs': '',
}
const ONE = [{ file: 'test/a.test.js', titles: ['two'] }]
const TWO = { 'test/a.test.js > two': 'passed' }

describe('one test alone', () => {
  test.each([
    ['an option whose value is a file', 'node --require ./set.cjs --test "test/*.test.js"'],
    ['an option we have not heard of', 'node --test --max-http-header-size 20000 "test/*.test.js"'],
    ['a program that starts another', 'node wrap.js node --test'],
    ['one with files of the other', 'node wrap.js node --test test/a.test.js test/b.test.js'],
    ['a program that starts Node by its path', 'node wrap.js /opt/node/bin/node --test test/*.js'],
    ['a reporter of its own', 'node --test --test-reporter=dot'],
    ['a reporter that is the next word', 'node --test --test-reporter tap test/'],
  ])('%s: %s', async (_, script) => {
    const run = await runOf(sandbox(), { ...FILES, 'package.json': packageJson(script) }, { only: ONE })
    expect({ states: states(run), exit: run.exit }).toEqual({ states: TWO, exit: 0 })
  })

  test('two of two files, and nothing else', async () => {
    const only = [...ONE, { file: 'test/b.test.js', titles: ['three'] }]
    const files = {
      ...FILES,
      'test/c.test.js': 'process.exit(3)',
      'package.json': packageJson('node wrap.js node --test'),
    }
    const run = await runOf(sandbox(), files, { only })
    expect({ states: states(run), exit: run.exit }).toEqual({
      ...{ states: { ...TWO, 'test/b.test.js > three': 'passed' }, exit: 0 },
    })
  })

  test('of a folder below the root; what another package has is not run for it', async () => {
    const files = {
      'package.json': packageJson('(cd a && npm test) && (cd b && npm test)'),
      ...{ 'a/package.json': packageJson('node --test'), 'a/test/first.test.js': 'process.exit(3)' },
      ...{ 'b/package.json': packageJson('node --test'), 'b/test/second.test.js': passing('four') },
    }
    const run = await runOf(sandbox(), files, { only: [{ file: 'b/test/second.test.js', titles: ['four'] }] })
    expect({ states: states(run), exit: run.exit }).toEqual({
      ...{ states: { 'b/test/second.test.js > four': 'passed' }, exit: 0 },
    })
  })
})

test('a reporter the script names, whatever it prints, leaves ours in place', async () => {
  const files = {
    ...FILES,
    'package.json': packageJson('node --test --test-reporter=tap > out.txt && grep -q "^ok" out.txt'),
  }
  const run = await runOf(sandbox(), files, {})
  expect({ runner: run.runner, states: states(run), exit: run.exit }).toEqual({
    ...{ runner: 'node-test', exit: 0 },
    states: { 'test/a.test.js > one': 'passed', ...TWO, 'test/b.test.js > three': 'passed' },
  })
})

describe('a threshold of coverage', () => {
  const COVER = 'node --test --experimental-test-coverage --test-coverage-lines=100'
  const files = {
    'package.json': packageJson(COVER),
    'lists.js': 'exports.one = () => {\n  return 1\n}\nexports.two = () => {\n  return 2\n}\n',
    'test/a.test.js':
      "const { test } = require('node:test')\nconst { one, two } = require('../lists.js')\ntest('one', () => { one() })\ntest('two', () => { two() })\n",
  }

  test('is of the repository alone', async () => {
    const run = await runOf(sandbox(), files, {})
    expect({ states: states(run), exit: run.exit }).toEqual({
      ...{ states: { 'test/a.test.js > one': 'passed', ...TWO }, exit: 0 },
    })
  })

  test('is asked of everything, not of one test; of everything it is', async () => {
    expect(states(await runOf(sandbox(), files, { only: ONE }))).toEqual(TWO)
    const less = { ...files, 'lists.js': `${files['lists.js']}exports.three = () => {\n  return 3\n}\n` }
    expect(states(await runOf(sandbox(), less, {}))).toMatchObject({ command: 'failed' })
  })

  test('a command that was itself to be repaired fails as long as it does', async () => {
    const run = await runOf(
      sandbox(),
      { ...files, 'package.json': packageJson(`${COVER} && exit 3`) },
      { only: [{ file: null, titles: [] }] },
    )
    expect(states(run)).toMatchObject({ command: 'failed' })
  })
})

test('a program that calls run() of node:test and prints in its own way', async () => {
  const files = {
    ...FILES,
    'package.json': packageJson('node runner.mjs'),
    'test/b.test.js': "require('node:test').test('three', () => { throw new TypeError('no') })\n",
    'runner.mjs':
      "import { run } from 'node:test'\nlet failed = 0\nfor await (const { type } of run({ globPatterns: ['test/*.test.js'] })) failed += type === 'test:fail'\nprocess.exit(failed)\n",
  }
  const run = await runOf(sandbox(), files, {})
  expect({ runner: run.runner, states: states(run) }).toEqual({
    runner: 'node-test',
    states: { 'test/a.test.js > one': 'passed', ...TWO, 'test/b.test.js > three': 'failed' },
  })
  expect(states(await runOf(sandbox(), files, { only: ONE }))).toEqual(TWO)
})

test('output that is too much loses its middle, not what says that it is TAP', async () => {
  const code =
    "const line = '# '.padEnd(1023, 'x') + '\\n'; console.log('TAP version 13\\n# first\\nok 1 a\\n' + line.repeat(9000) + '# last\\nok 2 b\\n1..2')"
  const files = { 'package.json': packageJson('node taps.js'), 'taps.js': code }
  expect(states(await runOf(sandbox(), files, {}))).toEqual({ first: 'passed', last: 'passed' })
})

test('programs that Python packages installed are found, those of an environment made elsewhere too', async () => {
  const files = {
    'package.json': packageJson('says-tap && checks-it'),
    '.venv/bin/says-tap': '#!/bin/sh\necho "TAP version 13"\n',
    '.venv/bin/python': '#!/bin/sh\nexec python3 "$@"\n',
    '.venv/bin/checks-it': '#!/home/somebody/lists/.venv/bin/python\nprint("# it\\nok 1 a\\n1..1")\n',
  }
  expect(states(await runOf(sandbox(), files, {}))).toEqual({ it: 'passed' })
})
