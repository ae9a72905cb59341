import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseCargoTest } from '../../lib/parse/cargoTest.ts'
import { parseRustBuild, parseRustPanic } from '../../lib/parse/rustPanic.ts'

const real = (version: string) => readFileSync(join(import.meta.dirname, `outputs/cargo-${version}.txt`), 'utf8')
const HEAD = '     Running unittests src/lib.rs (target/debug/deps/shop_cart-1371898f789a8bb5)\n\nrunning 2 tests\n'
const statesOf = (text: string) => parseCargoTest(text).tests.map(({ name, state }) => `${name} ${state}`)

test.each(['1.65', '1.95'])('a real run of cargo %s: three targets, every end a test can have', (version) => {
  const { tests, crashed, errors } = parseCargoTest(real(version))
  expect(Object.fromEntries(tests.map((one) => [`${one.target} ${one.crate} ${one.name}`, one.state]))).toEqual({
    'src/lib.rs shop_cart price::tests::first_of_none': 'failed',
    'src/lib.rs shop_cart price::tests::parses': 'failed',
    'src/lib.rs shop_cart tests::adds': 'failed',
    'src/lib.rs shop_cart tests::answers': 'failed',
    'src/lib.rs shop_cart tests::fine': 'passed',
    'src/lib.rs shop_cart tests::later': 'skipped',
    'src/lib.rs shop_cart tests::panics': 'failed',
    'tests/it.rs it outside': 'failed',
    'doc shop_cart src/lib.rs - add (line 5)': 'failed',
  })
  expect([crashed, errors]).toEqual([[], []])
})

test.each(['1.65', '1.95'])('real panics of cargo %s', (version) => {
  const outputs = new Map(parseCargoTest(real(version)).tests.map(({ name, output }) => [name, output]))
  const of = (name: string) => parseRustPanic(outputs.get(name) ?? '')
  expect(of('tests::adds')).toMatchObject({ type: 'assertion', actual: '-1', expected: '3' })
  expect(of('tests::adds').message).toContain('one and two')
  expect(of('price::tests::parses').message).toMatch(/^called `Result::unwrap\(\)` on an `Err` value: ParseIntError/)
  expect(of('price::tests::parses').frames.filter(({ file }) => file?.startsWith('./'))).toMatchObject([
    { file: './src/price.rs', line: 6, function: 'shop_cart::price::parse' },
    { file: './src/price.rs', line: 17 },
    { file: './src/price.rs', line: 16 },
  ])
  expect(of('outside').frames[0]).toMatchObject({ line: expect.any(Number) })
  expect(of('tests::panics').message).toContain('did not panic as expected')
})

test('a returned error, where libtest prints it with the test', () => {
  expect(parseRustPanic('Error: "no"\n')).toMatchObject({ type: 'Error', message: '"no"' })
})

test('errors of the compiler', () => {
  const text = `   Compiling x v0.1.0 (/workspace)
error[E0308]: mismatched types
  --> src/price.rs:20:21
   |
20 | pub fn x() -> i32 { "a" }

error: could not compile \`x\` due to previous error
`
  const { errors, tests } = parseCargoTest(text)
  expect([errors.length, tests]).toEqual([1, []])
  expect(parseRustBuild(errors[0] ?? '').frames).toMatchObject([{ file: 'src/price.rs', line: 20, column: 21 }])
})

test.each<[string, string, string[]]>([
  ['nothing', '', []],
  ['results before any target', 'test a ... ok\n', []],
  ['a forged pass', `${HEAD}test a ... FAILED\ntest a ... ok\ntest b ... ok\n`, ['a failed', 'b passed']],
  [
    'a forged pass in what a test printed',
    `${HEAD}test a ... FAILED\n\nfailures:\n\n---- a stdout ----\ntest b ... ok\n`,
    ['a failed'],
  ],
  ['results after the end', `${HEAD}test a ... ok\ntest result: ok. 1 passed\ntest b ... ok\n`, ['a passed']],
  ['a reason to ignore', `${HEAD}test a ... ignored, slow\n`, ['a skipped']],
  ['half a line', `${HEAD}test a ... o`, []],
])('hostile: %s', (_name, text, expected) => expect(statesOf(text)).toEqual(expected))

test('a target that dies is said to have crashed', () => {
  const { crashed } = parseCargoTest(`${HEAD}test a ... ok\nfatal runtime error: stack overflow\n`)
  expect(crashed).toMatchObject([{ target: 'src/lib.rs', crate: 'shop_cart' }])
  expect(crashed[0]?.output).toContain('stack overflow')
})

test('megabytes in one line, and many lines, in linear time', () => {
  const began = performance.now()
  parseCargoTest(`${HEAD}${`test ${'a '.repeat(500_000)}... ok\n`.repeat(3)}${'failures:\n'.repeat(100_000)}`)
  parseRustPanic(`thread 'a' panicked at '${`', a:1:`.repeat(200_000)}\n`)
  parseRustPanic(`thread 'a' panicked at 'x\n${'  left: `\n right: `\n'.repeat(50_000)}`)
  parseRustBuild(` --> ${'a:1:'.repeat(300_000)}`)
  expect(performance.now() - began).toBeLessThan(2000)
})
