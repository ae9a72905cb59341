import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { showSteps } from '../../cli/progress.ts'
import { narrate } from '../../cli/repair/narrate.ts'

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

it('a repair tells its steps, that a long one goes on, and nothing once it has ended', async () => {
  const lines: string[] = []
  const { progress, stop } = narrate((line) => lines.push(line), 20)
  progress('read', 'a checkout\u001b[2J')
  await sleep(60)
  progress('baseline', 'running npm test')
  stop()
  const count = lines.length
  await sleep(40)
  expect(lines).toHaveLength(count)
  expect(lines[0]).toMatch(/^ +0\.\d s {2}read {6}a checkout/)
  expect(lines[0]).not.toContain('\u001b')
  expect(lines[1]).toMatch(/s {2}read {6}… still at it$/)
  expect(lines.at(-1)).toMatch(/s {2}baseline {2}running npm test$/)
})
