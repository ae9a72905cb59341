import { describe, expect, test } from 'vitest'
import type { TestFailure } from '../../lib/domain/testRun.ts'
import { elsewhere } from '../../lib/policy/elsewhere.ts'
import { isGreen } from '../../lib/policy/green.ts'
import { redOf } from '../../lib/policy/red.ts'
import { signatureOf } from '../../lib/policy/signature.ts'
import { isRedAsBefore, testedBy, testedProblem } from '../../lib/policy/tested.ts'
import { failed, failure, passed, run, skipped } from './runs.ts'

const own = (name: string) => name === 'sums'
const thrown = (message: string, more: Partial<TestFailure> = {}) => failure({ type: 'Error', message, ...more })

describe('what runs of one tree say together', () => {
  test('failing each time is a target, passing each time is stable, anything else flickers', () => {
    const runs = [
      run([failed('a'), passed('b'), failed('c'), passed('d'), skipped('e'), passed('f')]),
      run([failed('a'), passed('b'), passed('c'), passed('d'), skipped('e'), passed('f')]),
      run([failed('a'), passed('b'), failed('c'), skipped('e'), failed('f')]),
    ]
    const red = redOf(runs, own)
    expect(red.targets.map(({ id }) => id)).toEqual(['a'])
    expect(red.stable).toEqual(['b'])
    expect(red.flickering).toEqual(['c', 'd', 'f'])
  })

  test('failing otherwise each time is no target', () => {
    const red = redOf([run([failed('a', { message: 'one' })]), run([failed('a', { message: 'two' })])], own)
    expect(red.targets).toEqual([])
    expect(red.flickering).toEqual(['a'])
  })

  test('a failure outside the code is set aside with its reason', () => {
    const runs = [run([failed('a', { type: 'Error', message: 'getaddrinfo ENOTFOUND api.example' }), failed('b')])]
    const red = redOf(runs, own)
    expect(red.outside).toEqual([{ id: 'a', why: 'network', said: expect.any(String) }])
    expect(red.targets.map(({ id }) => id)).toEqual(['b'])
  })
})

describe('the fingerprint of a failing test', () => {
  test.each([
    ['expected 3 to equal 4', 'expected 7 to equal 4'],
    ['no row 550e8400-e29b-41d4-a716-446655440000', 'no row 6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
    ['open /tmp/a1/x failed', 'open /tmp/b2/x failed'],
    ['took 5001ms', 'took 5003ms'],
    ['got 1.5s', 'got 2s'],
    ['expected 2026-11-29T02:05:54.123Z', 'expected 2026-11-29T02:05:55Z'],
    ['expected 2026-11-29', 'expected 2026-11-30'],
  ])('%s is the same as %s', (one, two) => {
    expect(signatureOf(failure({ message: one }))).toBe(signatureOf(failure({ message: two })))
  })

  test.each([
    [{ message: 'x is not defined' }, { message: 'y is not defined' }],
    [{ message: 'no codec utf8' }, { message: 'no codec utf16' }],
    [{ type: 'TypeError' }, { type: 'RangeError' }],
    [
      { frames: [{ path: 'a.js', line: 1, column: 1, function: 'f' }] },
      { frames: [{ path: 'b.js', line: 1, column: 1, function: 'f' }] },
    ],
  ])('%o is another than %o', (one, two) => {
    expect(signatureOf(failure(one))).not.toBe(signatureOf(failure(two)))
  })

  test('a line that moved is the same fault', () => {
    const at = (line: number) => failure({ frames: [{ path: 'a.js', line, column: 3, function: 'f' }] })
    expect(signatureOf(at(3))).toBe(signatureOf(at(30)))
  })
})

describe('what lies outside the code', () => {
  test.each([
    ['connect ECONNREFUSED 127.0.0.1:5432', 'network'],
    ['<urlopen error [Errno -3] Temporary failure in name resolution>', 'network'],
    ['ENOSPC: no space left on device', 'machine'],
    ['spawn git ENOENT', 'machine'],
    ['sh: 1: tsc: not found', 'machine'],
    ["Cannot find package 'left-pad' imported from /workspace/a.js", 'dependency'],
    ["No module named 'numpy'", 'dependency'],
    ['[Errno 111] Connection refused', 'network'],
    ['It ended with 127.\n/bin/sh: line 4: tsc: command not found\n', 'machine'],
    ['scripts/test.sh: 3: jq: not found', 'machine'],
    ['zsh: command not found: tsc', 'machine'],
    ["Cannot find package '@scope/pad' imported from /workspace/a.js", 'dependency'],
    [
      "It ended with 1.\nnpm error code ENOTCACHED\nnpm error request to https://registry.npmjs.org/-/npm/v1/security/audits failed: cache mode is 'only-if-cached' but no cached response is available.",
      'network',
    ],
    ['It ended with 1.\nnpm error audit endpoint returned an error', 'network'],
  ])('%s', (message, why) => {
    expect(elsewhere(thrown(message), own)).toBe(why)
  })

  test.each([
    ["Cannot find module './sums.js'"],
    ["No module named 'sums'"],
    ['expected 404 to equal 200'],
    ["Cannot read properties of undefined (reading 'network')"],
    ['Not found'],
    ['user: not found'],
    ['user: 17: Not found in list'],
    ['getaddrinfo is not a function'],
    ['Connection refused by policy'],
    ["Cannot find module '#lib/x'"],
    ["Cannot find module '@/lib/x'"],
    ["Cannot find module '~/lib/x'"],
  ])('%s is the code’s own', (message) => {
    expect(elsewhere(thrown(message), own)).toBeNull()
  })

  test.each([
    thrown('not found', { type: 'NotFoundError' }),
    thrown("expected 'sh: 1: x: not found' to be 'x'", { type: 'AssertionError' }),
    thrown("'ETIMEDOUT' !== 'timeout'", { type: 'AssertionError [ERR_ASSERTION]' }),
    thrown('it is ECONNREFUSED', { expected: "'offline'", actual: "'ECONNREFUSED'" }),
  ])('what an assertion says is about values: $message', (one) => {
    expect(elsewhere(one, own)).toBeNull()
  })
})

describe('what runs of a patched copy prove', () => {
  const before = [1, 2, 3].map(() => run([failed('a'), failed('x'), passed('b')]))
  const red = redOf(before, own)
  const patched = (...tests: ReturnType<typeof passed>[]) => [1, 2, 3].map(() => run(tests))
  const problem = (runs: ReturnType<typeof patched>, reached: string[] = []) =>
    testedProblem(testedBy(red, before, runs), runs, reached)

  test('every target green and nothing lost is proven', () => {
    expect(problem(patched(passed('a'), passed('x'), passed('b')))).toBeNull()
  })
  test('no target green is not', () => {
    expect(problem(patched(failed('a'), failed('x'), passed('b')))).toContain('no failing test passes')
  })
  test('a test that passed before and fails, is skipped or is gone now, speaks against it', () => {
    for (const b of [[failed('b')], [skipped('b')], []])
      expect(problem(patched(passed('a'), passed('x'), ...b))).toContain('passed before')
  })
  test('green in two runs of three is not green', () => {
    const green = run([passed('a'), passed('x'), passed('b')])
    expect(problem([green, green, run([failed('a'), failed('x'), passed('b')])])).toContain('no failing test passes')
  })
  test('one left red counts against it only where it runs what changed', () => {
    const runs = patched(passed('a'), failed('x'), passed('b'))
    expect(problem(runs)).toBeNull()
    expect(problem(runs, ['x'])).toContain('still fail: x')
  })
  test('a test that never ran before and fails speaks against it, unless a host is missing', () => {
    const with_ = (next: ReturnType<typeof failed>) => patched(passed('a'), passed('x'), passed('b'), next)
    expect(problem(with_(failed('c')))).toContain('did not run before fail now: c')
    const other = { type: 'Error', message: 'getaddrinfo ENOTFOUND example.org' }
    expect(problem(with_(failed('c', other)))).toBeNull()
    // A patch may break these two itself.
    expect(problem(with_(failed('c', { ...other, message: 'spawn gti ENOENT' })))).toContain('fail now: c')
    expect(problem(with_(failed('c', { ...other, message: "Cannot find package 'x'" })))).toContain('fail now: c')
    expect(problem(with_(passed('c')))).toBeNull()
  })
  test('a command that fails although every test passed proves nothing', () => {
    const runs = patched(passed('a'), passed('x'), passed('b')).map((one) => ({ ...one, exit: 1 }))
    expect(problem(runs)).toContain('ended with 1')
  })
  test('an untouched run has to show every target, failing as at first', () => {
    expect(isRedAsBefore(red, before[0]!)).toBe(true)
    expect(isRedAsBefore(red, run([failed('a'), passed('x')]))).toBe(false)
    expect(isRedAsBefore(red, run([failed('a', { type: 'RangeError' }), failed('x')]))).toBe(false)
  })
})

test('a file that could not be loaded is green once its tests are there, and none of them fails', () => {
  const target = { id: 'a.test.js', file: 'a.test.js', titles: [] }
  const ended = (passed: string[], failed: string[] = []) => ({ passed, failed })
  expect(isGreen(target, ended(['a.test.js > one']))).toBe(true)
  expect(isGreen(target, ended(['a.test.js > one'], ['a.test.js > two']))).toBe(false)
  expect(isGreen(target, ended(['b.test.js > one']))).toBe(false)
  expect(isGreen(target, ended([]))).toBe(false)
  const command = { id: 'command', file: null, titles: [] }
  expect(isGreen(command, ended(['command']))).toBe(true)
  expect(isGreen(command, ended(['a.test.js > one']))).toBe(true)
  expect(isGreen(command, ended(['a.test.js > one'], ['command']))).toBe(false)
  expect(isGreen(command, ended(['a.test.js > one'], ['a.test.js > two']))).toBe(false)
  expect(isGreen(command, ended([]))).toBe(false)
})
