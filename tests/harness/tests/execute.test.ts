import { expect, test } from 'vitest'
import { execute } from '../../../lib/harness/tests/execute.ts'

const run = (line: string, wallMs = 60_000, quietMs = 60_000) =>
  execute(line, '/', { PATH: '/usr/bin:/bin' }, wallMs, quietMs)

test('what ends is told with its status, its words and its time', async () => {
  const { exit, output, ms } = await run('echo out; echo err >&2; sleep 0.2; exit 3')
  expect([exit, output.split('\n').sort().join(' ')]).toEqual([3, ' err out'])
  expect(ms).toBeGreaterThan(190)
})

test('what says nothing for long hangs: it is ended, and took as long as it said something', async () => {
  const { exit, output, ms } = await run('sleep 0.3; echo so far; sleep 50', 60_000, 1500)
  expect([exit, output]).toEqual([null, 'so far\n'])
  expect(ms).toBeGreaterThan(290)
  expect(ms).toBeLessThan(1500)
})

test('what goes on saying something is not ended for that', async () => {
  const { exit } = await run('for i in 1 2 3 4 5 6; do echo $i; sleep 0.5; done', 60_000, 1500)
  expect(exit).toBe(0)
})

test('what talks on past its time is ended, with all it started', async () => {
  const { exit, output } = await run('(sleep 0.8; echo late) & while :; do echo on; sleep 0.05; done', 500)
  expect(exit).toBeNull()
  expect(output).not.toContain('late')
})
