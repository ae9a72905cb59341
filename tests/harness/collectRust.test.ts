import { expect } from 'vitest'
import { rust } from '../../lib/harness/tests/rust/collector.ts'
import { collectFrom, failureOf, states, workspaceOf } from './collecting.ts'
import { RUST } from './projects.ts'
import { testWith } from './toolchains.ts'

const withCargo = testWith('cargo')

withCargo('a run of everything: every target though the first one fails', async () => {
  const { collected, exit, output } = await collectFrom(rust, await workspaceOf(RUST), 'cargo test -- --nocapture')
  expect(exit).toBe(101)
  expect(output).toContain('test result: FAILED')
  expect(states(collected?.tests)).toEqual({
    'src/lib.rs > tests::adds': 'failed',
    'src/lib.rs > tests::fine': 'passed',
    'src/lib.rs > tests::later': 'skipped',
    'src/price.rs > price::tests::first_of_none': 'failed',
    'tests/outside.rs > outside': 'passed',
  })
  expect(failureOf(collected, 'src/lib.rs > tests::adds')).toMatchObject({
    ...{ type: 'assertion', expected: '3', actual: '-1' },
    frames: [{ path: 'src/lib.rs', line: 11 }, { line: 10 }],
  })
  const panic = failureOf(collected, 'src/price.rs > price::tests::first_of_none')
  expect(panic).toMatchObject({ type: 'panic', message: 'index out of bounds: the len is 0 but the index is 0' })
  expect(panic?.frames[0]).toMatchObject({ path: 'src/price.rs', line: 2, function: 'shop_cart::price::first' })
})

withCargo('only what was asked for, by its whole name', async () => {
  const only = [{ file: 'src/lib.rs', titles: ['tests::fine'] }]
  const { collected, exit } = await collectFrom(rust, await workspaceOf(RUST), 'cargo test', { only })
  expect([exit, states(collected?.tests)]).toEqual([0, { 'src/lib.rs > tests::fine': 'passed' }])
})

withCargo('what does not compile is a failing test, and a passing one once it does', async () => {
  const workspace = await workspaceOf({ ...RUST, 'src/price.rs': 'pub fn first() -> i32 { "a" }\n' })
  const { collected } = await collectFrom(rust, workspace, 'cargo test')
  const [one] = collected?.tests ?? []
  expect(one).toMatchObject({ id: '(build)', state: 'failed', failure: { type: 'BuildError' } })
  expect(one?.failure?.message).toContain('mismatched types')
  expect(one?.failure?.frames[0]).toMatchObject({ path: 'src/price.rs', line: 1, column: 25 })
  const only = [{ file: null, titles: ['(build)'] }]
  const again = await collectFrom(rust, await workspaceOf(RUST), 'cargo test', { only })
  expect(states(again.collected?.tests)['(build)']).toBe('passed')
})
