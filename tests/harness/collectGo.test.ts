import { expect } from 'vitest'
import { go } from '../../lib/harness/tests/go/collector.ts'
import { collectFrom, failureOf, states, workspaceOf } from './collecting.ts'
import { GO } from './projects.ts'
import { testWith } from './toolchains.ts'

const CART = 'pkg/cart/cart_test.go'
const withGo = testWith('go')

withGo('a run of everything, with coverage', async () => {
  const { collected, exit, output } = await collectFrom(go, await workspaceOf(GO), 'go test -v ./...', {
    coverage: true,
  })
  expect(exit).toBe(1)
  expect(output).toContain('--- FAIL: TestTotal')
  expect(output).not.toContain('"Action"')
  expect(states(collected?.tests)).toEqual({
    [`${CART} > TestTotal`]: 'failed',
    [`${CART} > TestTable > one_item`]: 'passed',
    [`${CART} > TestTable > a/b`]: 'skipped',
    [`${CART} > TestFine`]: 'passed',
    [`${CART} > TestZFirst`]: 'failed',
  })
  expect(failureOf(collected, `${CART} > TestTotal`)).toEqual({
    ...{ type: 'Failure', message: 'got 2, want 3', expected: '3', actual: '2' },
    frames: [{ path: CART, line: 7, column: null, function: null }],
  })
  const panic = failureOf(collected, `${CART} > TestZFirst`)
  expect(panic).toMatchObject({ type: 'panic', message: 'runtime error: index out of range [0] with length 0' })
  expect(panic?.frames.map(({ path, line }) => `${path}:${line}`)).toEqual(['pkg/cart/cart.go:12', `${CART}:24`])
})

withGo('coverage of one test, by path', async () => {
  const only = [{ file: CART, titles: ['TestTotal'] }]
  const { collected } = await collectFrom(go, await workspaceOf(GO), 'go test ./...', { only, coverage: true })
  expect(states(collected?.tests)).toEqual({ [`${CART} > TestTotal`]: 'failed' })
  expect(collected?.coverage).toEqual({ 'pkg/cart/cart.go': [3, 8, 1] })
})

withGo('what does not build is a failing test, and a passing one once it does', async () => {
  const broken = {
    ...GO,
    'bad/a_test.go': 'package bad\n\nimport "testing"\n\nfunc TestA(t *testing.T) { missing() }\n',
  }
  const workspace = await workspaceOf(broken)
  const { collected } = await collectFrom(go, workspace, 'go test ./bad/...')
  const [one] = collected?.tests ?? []
  expect(one).toMatchObject({ id: 'example.com/shop/bad > (build)', state: 'failed', failure: { type: 'BuildError' } })
  expect(one?.failure?.frames).toEqual([{ path: 'bad/a_test.go', line: 5, column: 28, function: null }])
  const only = [{ file: null, titles: one?.titles ?? [] }]
  const mended = await workspaceOf({ ...broken, 'bad/a.go': 'package bad\n\nfunc missing() {}\n' })
  const again = await collectFrom(go, mended, 'go test ./bad/...', { only })
  expect(states(again.collected?.tests)).toMatchObject({ 'example.com/shop/bad > (build)': 'passed' })
})

withGo('a process that ends itself fails its package', async () => {
  const workspace = await workspaceOf({
    'go.mod': 'module x\n',
    'a_test.go': 'package x\n\nimport ("os"; "testing")\n\nfunc TestMain(m *testing.M) { os.Exit(3) }\n',
  })
  const { collected } = await collectFrom(go, workspace, 'go test ./...')
  expect(states(collected?.tests)).toEqual({ 'x > (package)': 'failed' })
})

withGo('other commands are passed on, and leave no report', async () => {
  const { collected, exit, output } = await collectFrom(go, await workspaceOf(GO), 'go version')
  expect([collected, exit]).toEqual([null, 0])
  expect(output).toMatch(/^go version/)
})
