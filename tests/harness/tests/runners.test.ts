import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../../lib/world.ts'
import { file, openLab } from '../../sandbox/lab.ts'
import { packageJson, runOf, SOURCE, states } from './lab.ts'

/** Runners that come as packages, installed once for all of them, each on the same small repository. */

const RUNNERS = { mocha: '11.0.0', jest: '29.7.0', ava: '6.2.0', tape: '5.9.0', jasmine: '5.5.0' }
const HEAD = "const { range, last } = require('../src/lists.js')\n"
const ASSERT = "const assert = require('node:assert')\n"
const BDD = (equal: string, deep: string) =>
  `it('range', () => ${deep})\ndescribe('ends', () => { it('last', () => ${equal}); xit('later', () => {}) })\n`
const EXPECT = BDD('expect(last([1, 2])).toBe(2)', 'expect(range(1, 3)).toEqual([1, 2])')

const CASES: Record<string, { script: string; path: string; text: string; ids: Record<string, string> }> = {
  mocha: {
    ...{ script: 'mocha test', path: 'test/lists.js' },
    text: ASSERT + HEAD + BDD('assert.equal(last([1, 2]), 2)', 'assert.deepEqual(range(1, 3), [1, 2])'),
    ids: {
      'test/lists.js > range': 'passed',
      'test/lists.js > ends > last': 'failed',
      'test/lists.js > ends > later': 'skipped',
    },
  },
  jest: {
    ...{ script: 'jest', path: 'test/lists.test.js', text: HEAD + EXPECT },
    ids: {
      'test/lists.test.js > range': 'passed',
      'test/lists.test.js > ends > last': 'failed',
      'test/lists.test.js > ends > later': 'skipped',
    },
  },
  jasmine: {
    ...{ script: "jasmine 'test/*.js'", path: 'test/lists.js', text: HEAD + EXPECT },
    ids: {
      'test/lists.js > range': 'passed',
      'test/lists.js > ends > last': 'failed',
      'test/lists.js > ends > later': 'skipped',
    },
  },
  ava: {
    ...{ script: 'ava', path: 'test/lists.test.js' },
    text: `const test = require('ava')\n${HEAD}test('range', t => t.deepEqual(range(1, 3), [1, 2]))\ntest('last', t => t.is(last([1, 2]), 2))\n`,
    ids: { range: 'passed', last: 'failed' },
  },
  tape: {
    ...{ script: 'tape test/*.js', path: 'test/lists.js' },
    text: `const test = require('tape')\n${HEAD}test('range', t => { t.deepEqual(range(1, 3), [1, 2]); t.end() })\ntest('last', t => { t.equal(last([1, 2]), 2); t.end() })\n`,
    ids: { 'test/lists.js > range': 'passed', 'test/lists.js > last': 'failed' },
  },
}

let sandbox: Sandbox
let dependencies: string
let close: () => Promise<void>
beforeAll(async () => {
  const lab = await openLab()
  sandbox = lab.start()
  close = lab.close
  expect((await sandbox.selfTest()).ok).toBe(true)
  const manifest = file('package.json', packageJson('true', { devDependencies: RUNNERS }))
  const installed = await sandbox.install([manifest], 'npm install --no-audit')
  if (!installed.ok) throw new Error(installed.output)
  dependencies = installed.key
})
afterAll(() => close())

describe.each(Object.entries(CASES))('%s', (_, { script, path, text, ids }) => {
  const files = { 'package.json': packageJson(script), 'src/lists.js': SOURCE, [path]: text }

  test('says which tests ran, and why one failed', async () => {
    const run = await runOf(sandbox, files, { coverage: true, kind: 'test' }, dependencies)
    expect(states(run)).toEqual(ids)
    expect(run.exit).not.toBe(0)
    const lines = run.coverage!['src/lists.js']!
    expect(countAt(lines, 8)).toBeGreaterThan(0)
    expect(countAt(lines, 12)).toBe(0)
  })

  test('runs one test alone', async () => {
    const [id] = Object.entries(ids).find(([, state]) => state === 'failed')!
    const titles = id.split(' > ').filter((part) => part !== path)
    const run = await runOf(
      sandbox,
      files,
      { only: [{ file: id.startsWith(path) ? path : null, titles }] },
      dependencies,
    )
    expect(run.tests.filter(({ state }) => state !== 'skipped').map((one) => one.id)).toEqual([id])
  })
})

describe('tape', () => {
  const files = {
    'src/lists.js': SOURCE,
    'test/help.js': "const test = require('tape')\nmodule.exports = (name, run) => test('helped ' + name, run)\n",
    'test/lists.js':
      `const test = require('tape')\n${HEAD}` +
      "test('ends', t => {\n  t.test('last', u => { u.error(new RangeError('too far')); u.end() })\n  t.test('range', u => { u.ok(range(1, 3)); u.end() })\n  t.end()\n})\n" +
      "test('planned', t => { t.plan(2); t.ok(last); setTimeout(() => t.end(), 10) })\n" +
      "require('./help.js')('end', t => t.end())\ntest.skip('later', t => t.end())\n",
    'test/other.js': "require('tape')('other', async t => { t.comment('nothing is asked') })\n",
    'test/index.js': "require('./lists.js')\nrequire('./other.js')\n",
  }
  const ids = {
    ...{ 'test/lists.js > ends > last': 'failed', 'test/lists.js > ends > range': 'passed' },
    ...{
      'test/lists.js > planned': 'failed',
      'test/lists.js > helped end': 'passed',
      'test/other.js > other': 'passed',
    },
  }
  const run = (script: string, more: object = {}, changed: object = {}) =>
    runOf(sandbox, { ...files, 'package.json': packageJson(script), ...changed }, more, dependencies)

  test.each(['tape test/lists.js test/other.js | cat > drawn.txt', 'node test/index.js'])(
    'is told by file, whatever becomes of its output: %s',
    async (script) => {
      const all = await run(script)
      expect({ runner: all.runner, states: states(all) }).toEqual({ runner: 'tap', states: ids })
      expect(all.tests.find(({ titles }) => titles.includes('last'))!.failure).toMatchObject({
        ...{ type: 'RangeError', message: 'RangeError: too far' },
        frames: [{ path: 'test/lists.js', line: 4 }, { line: 6 }],
      })
    },
  )

  test('runs the file of one test alone', async () => {
    const alone = await run('tape "test/*.js" | cat', {
      only: [{ file: 'test/other.js', titles: ['other'] }],
    })
    expect(states(alone)).toEqual({ 'test/other.js > other': 'passed' })
    expect(alone.output).not.toContain('helped')
  })

  test.each([
    ["require('tape')('other', t => { throw new TypeError('lost') })\n", 'TypeError', 'lost'],
    ["require('tape')('other', t => {})\n", 'AssertionError', 'test exited without ending: other'],
    ["require('tape')('other', t => { process.exit(4) })\n", 'Error', 'The process ended while this test ran.'],
  ])('one that ends the process, or never ends, has failed: %s', async (text, type, message) => {
    const ended = await run('tape test/other.js', {}, { 'test/other.js': text })
    expect(ended.tests).toMatchObject([{ id: 'test/other.js > other', state: 'failed', failure: { type, message } }])
  })
})

test('a package that is kept apart, as pnpm does, is the runner it is', async () => {
  const manifest = file('package.json', packageJson('true', { devDependencies: { mocha: RUNNERS.mocha } }))
  const installed = await sandbox.install([manifest], 'npm install --no-audit --install-strategy=linked')
  if (!installed.ok) throw new Error(installed.output)
  const { path, text, ids } = CASES.mocha!
  const files = { 'src/lists.js': SOURCE, [path]: text, 'test/other.js': 'process.exit(3)\n' }
  const script = 'mocha test --exclude test/other.js'
  const only = [{ file: path, titles: ['ends', 'last'] }]
  for (const [asked, expected] of [
    [{}, ids],
    [{ only }, { 'test/lists.js > ends > last': 'failed' }],
  ] as const) {
    const run = await runOf(sandbox, { ...files, 'package.json': packageJson(script) }, asked, installed.key)
    expect({ runner: run.runner, states: states(run) }).toEqual({ runner: 'mocha', states: expected })
  }
})

function countAt(ranges: number[], line: number): number {
  for (let at = 0; at < ranges.length; at += 3)
    if (line >= ranges[at]! && line <= ranges[at + 1]!) return ranges[at + 2]!
  return 0
}
