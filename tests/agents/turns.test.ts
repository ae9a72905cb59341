import { expect, test } from 'vitest'
import { turns } from '../../agents/turns.ts'

/** Work that notes how much of it runs at once, and ends when it is told to. */
function bench(places: number) {
  const turn = turns(places)
  const log: string[] = []
  const ends = new Map<string, (failed?: boolean) => void>()
  const start = (name: string) =>
    turn(
      () =>
        new Promise<void>((resolve, reject) => {
          log.push(name)
          ends.set(name, (failed) => (failed ? reject(new Error(name)) : resolve()))
        }),
    )
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0))
  return { start, log, settled, end: (name: string, failed = false) => ends.get(name)?.(failed) }
}

test.each([1, 2])('with %i places no more run at once, and the rest come in their order', async (places) => {
  const { start, log, end, settled } = bench(places)
  const names = ['a', 'b', 'c', 'd']
  const all = names.map(start)
  for (const [i, name] of names.entries()) {
    await settled()
    expect(log).toEqual(names.slice(0, i + places))
    end(name)
  }
  await Promise.all(all)
})

test('one that fails gives its place on', async () => {
  const { start, log, end, settled } = bench(1)
  const failing = start('a')
  const next = start('b')
  await settled()
  end('a', true)
  await expect(failing).rejects.toThrow('a')
  await settled()
  expect(log).toEqual(['a', 'b'])
  end('b')
  await next
})

test('once all is done there is room again', async () => {
  const { start, log, end, settled } = bench(1)
  for (const name of ['a', 'b']) {
    const done = start(name)
    await settled()
    end(name)
    await done
  }
  expect(log).toEqual(['a', 'b'])
})
