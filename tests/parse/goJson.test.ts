import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseGoCover } from '../../lib/parse/goCover.ts'
import { parseGoJson } from '../../lib/parse/goJson.ts'
import { parseGoBuild, parseGoFailure } from '../../lib/parse/goPanic.ts'

const REAL = readFileSync(join(import.meta.dirname, 'outputs/go.txt'), 'utf8')
const SHOP = 'example.com/shop/pkg/shop'
const event = (Action: string, more: object = {}) => JSON.stringify({ Action, Package: 'x', ...more })
const statesOf = (text: string) => parseGoJson(text).tests.map(({ name, state }) => `${name} ${state}`)

test('a real run: every end a test can have, and a package that does not build', () => {
  const run = parseGoJson(REAL)
  expect(run.tests.map(({ package: name, name: test, state }) => [name, test, state])).toEqual([
    [SHOP, 'TestTotal', 'failed'],
    [SHOP, 'TestTable', 'failed'],
    [SHOP, 'TestTable/one_item', 'failed'],
    [SHOP, 'TestTable/no/items', 'skipped'],
    [SHOP, 'TestOk', 'passed'],
    [SHOP, 'TestFirst', 'failed'],
  ])
  expect(run.failed.map(({ package: name }) => name)).toEqual([SHOP])
  expect(run.unbuilt).toEqual([
    { package: 'example.com/shop/broken', output: 'broken/a_test.go:5:28: undefined: undefinedThing\n' },
  ])
})

test('a real panic: the message and the stack of the goroutine that panicked', () => {
  const output = parseGoJson(REAL).tests.at(-1)?.output ?? ''
  const { type, message, frames } = parseGoFailure(output)
  expect([type, message]).toEqual(['panic', 'runtime error: index out of range [0] with length 0'])
  expect(frames.filter(({ file }) => file?.startsWith('/workspace'))).toMatchObject([
    { file: '/workspace/pkg/shop/cart.go', line: 12, function: 'example.com/shop/pkg/shop.First' },
    { file: '/workspace/pkg/shop/cart_test.go', line: 27 },
  ])
})

test.each<[string, string, string[]]>([
  ['nothing', '', []],
  ['no JSON', 'hello\n{\n{}\n[]\n{"Action":1}\n', []],
  ['a result cut off', `${event('run', { Test: 'A' })}\n${event('pass', { Test: 'A' }).slice(0, 20)}`, ['A failed']],
  ['a pass after a failure', [event('fail', { Test: 'A' }), event('pass', { Test: 'A' })].join('\n'), ['A failed']],
  ['a failure after a pass', [event('pass', { Test: 'A' }), event('fail', { Test: 'A' })].join('\n'), ['A failed']],
  ['fields of other types', event('pass', { Test: 'A', Elapsed: 'x', Output: 3 }), ['A passed']],
  ['no package', '{"Action":"pass","Test":"A"}', []],
])('hostile: %s', (_name, text, expected) => expect(statesOf(text)).toEqual(expected))

test('since 1.24 the compiler speaks in events', () => {
  const run = parseGoJson(
    [
      '{"ImportPath":"x [x.test]","Action":"build-output","Output":"# x [x.test]\\n"}',
      '{"ImportPath":"x [x.test]","Action":"build-output","Output":"./a.go:3:1: undefined: y\\n"}',
      '{"ImportPath":"x [x.test]","Action":"build-fail"}',
      event('fail', { FailedBuild: 'x [x.test]' }),
    ].join('\n'),
  )
  expect(run.failed).toEqual([])
  expect(parseGoBuild(run.unbuilt[0]?.output ?? '').frames).toMatchObject([{ file: './a.go', line: 3, column: 1 }])
})

test.each<[string, string | null, string | null]>([
  ['    a_test.go:3: got 2, want 3\n', '3', '2'],
  ['    a_test.go:3: Total() = 2, want 3', '3', null],
  ['    a_test.go:3: expected "a" but got "b"', '"a"', '"b"'],
  ['    a_test.go:3: \n        Error: Not equal: \n        expected: 1\n        actual  : 2\n', '1', '2'],
  ['    a_test.go:3: boom', null, null],
])('what was compared in %j', (output, expected, actual) => {
  expect(parseGoFailure(output)).toMatchObject({
    type: 'Failure',
    expected,
    actual,
    frames: [{ file: 'a_test.go', line: 3 }],
  })
})

test('a profile: blocks of two test binaries are added, lines at an edge take the larger count', () => {
  const text =
    'mode: count\nx/a.go:1.1,3.2 2 1\nx/a.go:1.1,3.2 2 1\nx/a.go:3.2,5.1 1 5\nx/a.go:7.1,9.1 1 0\ny/b.go:1.1,1.2 1 1\nnonsense\n'
  expect(parseGoCover(text, (file) => (file.startsWith('x/') ? file.slice(2) : null))).toEqual({
    'a.go': [1, 2, 2, 3, 5, 5],
  })
})

test('megabytes in one line, and many lines, in linear time', () => {
  const began = performance.now()
  parseGoJson(`${event('output', { Test: 'A', Output: 'x'.repeat(1_000_000) })}\n${'{'.repeat(1_000_000)}\n`.repeat(3))
  parseGoFailure(`panic: ${'a('.repeat(500_000)}\n`)
  parseGoFailure(`    a_test.go:1: got ${'want '.repeat(200_000)}`)
  parseGoBuild(`${'/a'.repeat(500_000)}.go:1:1: x`)
  parseGoCover('a:1.1,9999999.1 1 1\n'.repeat(10_000), (file) => file)
  expect(performance.now() - began).toBeLessThan(2000)
})
