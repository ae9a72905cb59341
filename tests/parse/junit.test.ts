import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseJavaBuild, parseJavaStack } from '../../lib/parse/javaStack.ts'
import { parseJunit } from '../../lib/parse/junit.ts'
import { xmlTokens } from '../../lib/parse/xmlTokens.ts'

const REAL = readFileSync(join(import.meta.dirname, 'outputs/surefire.txt'), 'utf8')
const brief = (text: string) => parseJunit(text).map(({ classname, name, state }) => `${classname}.${name} ${state}`)

test('a real report of Surefire', () => {
  const cases = parseJunit(REAL)
  expect(cases.map(({ name, state, ms }) => [name, state, ms])).toEqual([
    ['totals', 'failed', expect.any(Number)],
    ['fine', 'passed', 0],
    ['later', 'skipped', 0],
    ['names', 'failed', expect.any(Number)],
  ])
  expect(cases[3]).toMatchObject({
    suite: 'shop.CartTest',
    type: 'java.lang.IllegalStateException',
    message: 'no <user> & "name"',
  })
})

test('a real stack: the root cause comes first', () => {
  const stack = parseJavaStack(parseJunit(REAL)[3]?.text ?? '')
  expect(stack).toMatchObject({ type: 'java.lang.IllegalStateException', message: 'no <user> & "name"' })
  const own = stack.frames.filter(({ file }) => file?.startsWith('shop/'))
  expect(own.map(({ file, line }) => `${file}:${line}`)).toEqual([
    ...['shop/Cart.java:12', 'shop/Cart.java:14', 'shop/CartTest.java:9'],
  ])
})

test.each<[string, string | null, string | null]>([
  ['java.lang.AssertionError: expected:<3> but was:<2>', '3', '2'],
  ['org.opentest4j.AssertionFailedError: adds ==> expected: <3> but was: <2>', '3', '2'],
  ['org.junit.ComparisonFailure: expected:<a[b]c> but was:<a[x]c>', 'a[b]c', 'a[x]c'],
  ['java.lang.AssertionError: \nexpected: 3\n but was: 2', '3', '2'],
  ['java.lang.NullPointerException', null, null],
])('what was compared in %j', (text, expected, actual) =>
  expect(parseJavaStack(text)).toMatchObject({ expected, actual }),
)

test.each<[string, string, string[]]>([
  ['nothing', '', []],
  ['no XML', 'hello < world & "', []],
  [
    'a report that breaks off',
    '<testsuite><testcase name="a" classname="A"/><testcase name="b" classname="A"><fail',
    ['A.a passed'],
  ],
  [
    'pytest',
    '<testsuites><testsuite name="pytest"><testcase classname="t.test_a" name="test_a" time="0.1"><failure message="assert 1 == 2">x</failure></testcase></testsuite></testsuites>',
    ['t.test_a.test_a failed'],
  ],
  ['a case in a comment', '<testsuite><!-- <testcase name="a" classname="A"/> --></testsuite>', []],
  [
    'a case in what was printed',
    '<testsuite><testcase name="a" classname="A"><system-out><![CDATA[<testcase name="b" classname="A"/>]]></system-out></testcase></testsuite>',
    ['A.a passed'],
  ],
  ['a skip after a failure', '<testcase name="a" classname="A"><error/><skipped/></testcase>', ['A.a failed']],
  ['a tag with > in quotes', `<testcase name='x > y' classname="A"/>`, ['A.x > y passed']],
  [
    'entities, known and not',
    '<testcase name="&lt;&#97;&#x62;&unknown;&#9999999;" classname="A"/>',
    ['A.<ab&unknown;&#9999999; passed'],
  ],
])('reports: %s', (_name, text, expected) => expect(brief(text)).toEqual(expected))

test('a later failure of a case does not take the place of the first', () => {
  expect(
    parseJunit('<testcase name="a"><failure message="one">1</failure><error message="two">2</error></testcase>'),
  ).toMatchObject([{ message: 'one', text: '1' }])
})

test('a compiler says where: Maven, javac, Gradle', () => {
  const maven =
    '[ERROR] /workspace/src/A.java:[5,19] incompatible types\n[ERROR] /workspace/src/A.java:[5,19] incompatible types\n'
  expect(parseJavaBuild(maven)).toMatchObject({
    message: 'incompatible types',
    frames: [{ file: '/workspace/src/A.java', line: 5, column: 19 }],
  })
  expect(parseJavaBuild("/workspace/A.java:7: error: ';' expected\n")).toMatchObject({
    frames: [{ line: 7, column: null }],
  })
  expect(parseJavaBuild('all is well')).toBeNull()
})

test('megabytes in one tag, text or stack, in linear time', () => {
  const began = performance.now()
  for (const text of [
    '<'.repeat(1_000_000),
    `<testcase ${'a="'.repeat(300_000)}`,
    `<testcase ${'a = '.repeat(60_000)}>`,
    `<testcase name="${'&'.repeat(1_000_000)}">`,
    '<![CDATA['.repeat(100_000),
    '<!--'.repeat(200_000),
    '<testsuite>'.repeat(100_000),
  ]) {
    for (const _token of xmlTokens(text));
    parseJunit(text)
  }
  parseJavaStack(`${'a.'.repeat(500_000)}\n\tat ${'a.'.repeat(500_000)}b(A.java:1)\n`)
  parseJavaStack(`x.YError: ${'expected: <'.repeat(100_000)}`)
  parseJavaBuild(`[ERROR] /${'a'.repeat(1_000_000)}\n`)
  expect(performance.now() - began).toBeLessThan(3000)
})
