import { expect, test } from 'vitest'
import { later } from '../../lib/adapters/later.ts'

interface Counter {
  add(n: number, m: number): Promise<number>
  total(): Promise<number>
}

class Sum implements Counter {
  private sum = 0
  add = async (n: number, m: number) => {
    this.sum += n + m
    return this.sum
  }
  async total() {
    return this.sum
  }
}

test('a port is opened when it is first used, once, and asked as it is', async () => {
  let opened = 0
  const port = later<Counter>(
    async () => {
      opened += 1
      return new Sum()
    },
    { add: true, total: true },
  )
  expect(opened).toBe(0)
  expect(await Promise.all([port.add(1, 2), port.add(3, 4)])).toEqual([3, 10])
  expect(await port.total()).toBe(10)
  expect(opened).toBe(1)
})

test('one that cannot be opened fails each of its verbs, and is no promise itself', async () => {
  const port = later<Counter>(() => Promise.reject(new Error('no such module')), { add: true, total: true })
  expect(await port).toBe(port)
  await expect(port.total()).rejects.toThrow('no such module')
  await expect(port.add(1, 1)).rejects.toThrow('no such module')
})
