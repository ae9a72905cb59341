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
    ids: { range: 'passed', last: 'failed' },
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

function countAt(ranges: number[], line: number): number {
  for (let at = 0; at < ranges.length; at += 3)
    if (line >= ranges[at]! && line <= ranges[at + 1]!) return ranges[at + 2]!
  return 0
}
