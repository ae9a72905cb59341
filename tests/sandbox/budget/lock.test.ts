import { expect, it } from 'vitest'
import { locked } from '../../../lib/adapters/sandbox/budget/lock.ts'

const home = `/state/${Math.random()}`

it('lets one in at a time', async () => {
  let inside = 0
  let most = 0
  const enter = () =>
    locked(home, 5_000, async () => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setTimeout(resolve, 2))
      inside -= 1
      return true
    })
  expect(await Promise.all(Array.from({ length: 20 }, enter))).toEqual(Array.from({ length: 20 }, () => true))
  expect(most).toBe(1)
})

it('gives up after a while, is free again after a failure, and is one for each folder', async () => {
  const answer = await locked(home, 1_000, async () => [
    await locked(home, 10, async () => 'in'),
    await locked(`${home}/other`, 10, async () => 'in'),
  ])
  expect(answer).toEqual([null, 'in'])
  await expect(locked(home, 10, () => Promise.reject(new Error('broke')))).rejects.toThrow('broke')
  expect(await locked(home, 10, async () => 'in')).toBe('in')
})
