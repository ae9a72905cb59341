import { expect, test } from 'vitest'
import { baselines } from '../../agents/implementer/baseline.ts'

function counting() {
  const known = baselines<number>()
  let runs = 0
  const run = (base: string, dependencies: string | null = 'd') => known.of(base, dependencies, async () => ++runs)
  return { run, known, runs: () => runs }
}

test('one base with the same dependencies is run once, also when asked at the same time', async () => {
  const { run, runs } = counting()
  expect(await Promise.all([run('a'), run('a'), run('a')])).toEqual([1, 1, 1])
  expect(await run('a')).toBe(1)
  expect(runs()).toBe(1)
})

test.each([
  ['another base', 'b', 'd'],
  ['other dependencies', 'a', 'e'],
  ['none', 'a', null],
])('%s is another run', async (_, base, dependencies) => {
  const { run } = counting()
  await run('a')
  expect(await run(base, dependencies)).toBe(2)
})

test('a run that threw is made again', async () => {
  const { known } = counting()
  await expect(known.of('a', 'd', () => Promise.reject(new Error('the sandbox is away')))).rejects.toThrow('away')
  expect(await known.of('a', 'd', async () => 7)).toBe(7)
})

test('the base that was not used for the longest is forgotten', async () => {
  const { run, runs } = counting()
  for (const base of 'abcdefgh') await run(base)
  await run('a')
  await run('i')
  expect(runs()).toBe(9)
  await run('a')
  expect(runs()).toBe(9)
  await run('b')
  expect(runs()).toBe(10)
})

test('a proven tree is the base of what comes after it', async () => {
  const { run, known, runs } = counting()
  known.keep('b', 'd', 7)
  expect(await run('b')).toBe(7)
  expect(await run('b', 'e')).toBe(1)
  known.keep('b', 'e', 8)
  expect([await run('b', 'e'), runs()]).toEqual([8, 1])
})
