import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { java } from '../../lib/harness/tests/java/collector.ts'
import { collectFrom, failureOf, states, workspaceOf } from './collecting.ts'
import { JAVA } from './projects.ts'
import { installed, testWith } from './toolchains.ts'

const CART = 'src/test/java/shop/CartTest.java'
const STALE = '<testsuite><testcase name="old" classname="shop.Old"/></testsuite>'
const withMaven = testWith('mvn')

withMaven('a run of everything through the wrapper script', { timeout: 300_000 }, async () => {
  const workspace = await workspaceOf({ ...JAVA, 'target/surefire-reports/TEST-shop.Old.xml': STALE })
  const { collected, exit, output } = await collectFrom(java, workspace, './mvnw test')
  expect(output).toContain('Tests run: 4')
  expect(exit).toBe(1)
  expect(states(collected?.tests)).toEqual({
    [`${CART} > shop.CartTest > totals`]: 'failed',
    [`${CART} > shop.CartTest > names`]: 'failed',
    [`${CART} > shop.CartTest > fine`]: 'passed',
    [`${CART} > shop.CartTest > later`]: 'skipped',
  })
  expect(failureOf(collected, `${CART} > shop.CartTest > totals`)).toMatchObject({
    ...{ type: 'java.lang.AssertionError', expected: '3', actual: '2' },
    frames: [{ path: CART, line: 8 }],
  })
  expect(failureOf(collected, `${CART} > shop.CartTest > names`)?.frames).toMatchObject([
    { path: 'src/main/java/shop/Cart.java', line: 11, function: 'shop.Cart.name' },
    { path: CART, line: 9 },
  ])
  expect(await readFile(join(workspace, 'mvnw'), 'utf8')).toBe(JAVA.mvnw)
})

withMaven('only what was asked for; what does not compile', { timeout: 300_000 }, async () => {
  const only = [{ file: CART, titles: ['shop.CartTest', 'fine'] }]
  const { collected, exit } = await collectFrom(java, await workspaceOf(JAVA), 'mvn test', { only })
  expect([exit, states(collected?.tests)]).toEqual([0, { [`${CART} > shop.CartTest > fine`]: 'passed' }])
  const broken = await workspaceOf({
    ...JAVA,
    'src/main/java/shop/Cart.java': 'package shop;\nclass Cart { int a = ""; }\n',
  })
  const again = await collectFrom(java, broken, 'mvn -q test')
  expect(again.collected?.tests).toMatchObject([
    { id: '(build)', failure: { type: 'BuildError', frames: [{ path: 'src/main/java/shop/Cart.java', line: 2 }] } },
  ])
})

/** Stands where Gradle would: notes its words, writes a report. The reports' format is the real one's. */
const GRADLE = `#!/bin/sh
echo "$@" > words
mkdir -p build/test-results/test
cat > build/test-results/test/TEST-shop.CartTest.xml <<'X'
<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="shop.CartTest" tests="1" failures="1" time="0.02">
  <testcase name="totals()" classname="shop.CartTest" time="0.012">
    <failure message="org.opentest4j.AssertionFailedError: expected: &lt;3&gt; but was: &lt;2&gt;" type="org.opentest4j.AssertionFailedError">org.opentest4j.AssertionFailedError: expected: &lt;3&gt; but was: &lt;2&gt;
	at app//org.junit.jupiter.api.AssertionUtils.fail(AssertionUtils.java:55)
	at app//shop.CartTest.totals(CartTest.java:8)
</failure>
  </testcase>
</testsuite>
X
exit 1
`

test('Gradle: its reports, and the words it is given', async () => {
  const { 'pom.xml': _, ...sources } = JAVA
  const workspace = await workspaceOf({ ...sources, 'build/test-results/test/TEST-shop.Old.xml': STALE })
  const bin = join(workspace, 'tools')
  await mkdir(bin)
  await writeFile(join(bin, 'gradle'), GRADLE)
  await chmod(join(bin, 'gradle'), 0o755)
  const wrapper = join(import.meta.dirname, '../../lib/harness/tests/java/wrap.ts')
  const only = [{ file: CART, titles: ['shop.CartTest', 'totals'] }]
  const command = `"${process.execPath}" "${wrapper}" "$HOME" "${bin}/gradle" test --info`
  const { collected, exit } = await collectFrom(java, workspace, command, { only })
  expect(exit).toBe(1)
  expect(await readFile(join(workspace, 'words'), 'utf8')).toBe(
    'test --tests shop.CartTest.totals --info --offline --continue --console=plain\n',
  )
  expect(collected?.tests).toMatchObject([
    {
      id: `${CART} > shop.CartTest > totals`,
      state: 'failed',
      ms: 12,
      failure: { expected: '3', actual: '2', frames: [{ path: CART, line: 8 }] },
    },
  ])
})

test.skipIf(installed('gradle'))('a tool that is not there is said to be missing', async () => {
  const { collected, exit, output } = await collectFrom(java, await workspaceOf({}), 'gradle test')
  expect([collected, exit]).toEqual([null, 127])
  expect(output).toContain('gradle is not installed in this sandbox')
})
