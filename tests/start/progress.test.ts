import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { showSteps } from '../../cli/progress.ts'

function recorded(longMs?: number) {
  const lines: string[] = []
  return { lines, step: showSteps((line) => lines.push(line), longMs) }
}

it('shows a step with its seconds and passes its result on', async () => {
  const { lines, step } = recorded()
  expect(await step('PostgreSQL', async () => 7)).toBe(7)
  expect(lines).toEqual([expect.stringMatching(/^ {2}✓ PostgreSQL +\d+\.\d s$/)])
})

it('says that a long step is still going', async () => {
  const { lines, step } = recorded(5)
  await step('A build', () => sleep(60))
  expect(lines[0]).toMatch(/^ {2}… A build, \d+\.\d s$/)
  expect(lines.at(-1)).toMatch(/^ {2}✓ A build/)
  const count = lines.length
  await sleep(30)
  expect(lines).toHaveLength(count)
})

it('marks a step that failed and passes the failure on', async () => {
  const { lines, step } = recorded()
  await expect(step('A build', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(lines).toEqual([expect.stringMatching(/^ {2}✗ A build/)])
})
