import { fork } from 'node:child_process'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { evict } from '../../../lib/adapters/sandbox/budget/evict.ts'
import { lease } from '../../../lib/adapters/sandbox/budget/leases.ts'
import { key, openState } from './state.ts'

const KIB = 1024
let state: Awaited<ReturnType<typeof openState>>
beforeEach(async () => {
  state = await openState()
})
afterEach(() => state.close())

describe('the disk budget', () => {
  it('removes what was used longest ago, and no more than it has to', async () => {
    for (const [letter, hours] of [
      ['a', 2],
      ['b', 5],
      ['c', 3],
      ['d', 4],
    ] as const)
      await state.put(`cache/deps/${key(letter)}`, 100, hours)
    expect(await evict(state.home, 260 * KIB)).toEqual([`cache/deps/${key('b')}`, `cache/deps/${key('d')}`])
    expect(await state.sets()).toEqual(['a', 'c'])
    expect(await readdir(join(state.home, 'cache/trash'))).toEqual([])
    expect(await evict(state.home, 260 * KIB)).toEqual([])
  })

  it('never removes what is in use, or was an hour ago', async () => {
    const used = await state.put(`cache/deps/${key('a')}`, 100, 9)
    await state.put(`cache/deps/${key('b')}`, 100, 0.5)
    await state.put(`cache/deps/${key('c')}`, 100, 3)
    const free = await lease(state.home, [used])
    expect(await evict(state.home, 0)).toEqual([`cache/deps/${key('c')}`])
    await free()
    // Used is used: taking the lease made it young.
    expect(await evict(state.home, 0)).toEqual([])
    expect(await evict(state.home, 0, Date.now() + 2 * 3_600_000)).toHaveLength(2)
  })

  it('keeps what one of two holds that began at once still holds', async () => {
    const paths = [...'ab'].map((letter) => `cache/deps/${key(letter)}`)
    for (const path of paths) await state.put(path, 100, 9)
    const later = Date.now() + 2 * 3_600_000
    const [first, second] = await Promise.all(paths.map((path) => lease(state.home, [path])))
    expect(await evict(state.home, 0, later)).toEqual([])
    await first!()
    expect(await evict(state.home, 0, later)).toEqual([paths[0]])
    await second!()
    expect(await evict(state.home, 0, later)).toEqual([paths[1]])
  })

  it('counts mirrors and our own copies too, and leaves alone what cannot be made again', async () => {
    await state.put('toolchain/programs-0123456789abcdef', 100, 48)
    await state.put('toolchain/node', 100, 9999)
    await state.put('mirrors/young.git', 100, 24 * 29)
    await state.put('mirrors/old.git', 100, 24 * 31)
    await state.put('keys', 100, 9999)
    await state.put('cache/deps/not-a-key', 100, 9999)
    expect(await evict(state.home, 0)).toEqual(['mirrors/old.git', 'toolchain/programs-0123456789abcdef'])
    for (const path of ['toolchain/node', 'mirrors/young.git', 'keys', 'cache/deps/not-a-key'])
      expect((await stat(join(state.home, path))).isDirectory()).toBe(true)
  })

  it('measures a set once', async () => {
    const set = await state.put(`cache/deps/${key('a')}`, 100, 9)
    await evict(state.home)
    const index = join(state.home, 'cache/sizes.json')
    const before = JSON.parse(await readFile(index, 'utf8'))
    expect(before[set].bytes).toBeGreaterThanOrEqual(100 * KIB)
    before[set].bytes = 7
    await writeFile(index, JSON.stringify(before))
    await evict(state.home)
    expect(JSON.parse(await readFile(index, 'utf8'))[set].bytes).toBe(7)
    await writeFile(index, '{"half')
    await evict(state.home)
    expect(JSON.parse(await readFile(index, 'utf8'))[set].bytes).toBeGreaterThan(7)
  })

  it('tidies up after processes that are gone', async () => {
    const used = await state.put(`cache/deps/${key('a')}`, 100, 9)
    await state.put(`cache/adopt-${2 ** 30}-x`, 1, 0)
    await state.put(`cache/adopt-${process.pid}-x`, 1, 0)
    await state.put('cache/trash/left', 1, 0)
    await mkdir(join(state.home, 'cache/leases'))
    await writeFile(join(state.home, `cache/leases/${2 ** 30}-1-1`), JSON.stringify([used]))
    expect(await evict(state.home, 0)).toEqual([used])
    expect((await readdir(join(state.home, 'cache'))).sort()).toEqual(
      [`adopt-${process.pid}-x`, 'deps', 'leases', 'sizes.json', 'trash'].sort(),
    )
    expect(await readdir(join(state.home, 'cache/leases'))).toEqual([])
  })
})

it('a set that is leased and there stays there, whatever others evict meanwhile', { timeout: 60_000 }, async () => {
  const paths = [...'abcdef0123456789'].map((letter) => `cache/deps/${key(letter)}`)
  for (const path of paths) await state.put(path, 4, 9)
  const sweepers = [1, 2].map(() => fork(join(import.meta.dirname, 'sweeper.ts'), [state.home]))
  await Promise.all(sweepers.map((child) => new Promise((resolve) => child.once('message', resolve))))
  let vanished = 0
  let held = 0
  const use = async (path: string, round: number) => {
    if (round % 3 === 0) await state.put(path, 4, 9)
    const free = await lease(state.home, [path])
    if (await stat(join(state.home, path)).catch(() => null)) {
      held += 1
      for (let look = 0; look < 5; look++) {
        await new Promise((resolve) => setTimeout(resolve, 1))
        if (!(await stat(join(state.home, path, 'content')).catch(() => null))) vanished += 1
      }
    }
    await free()
  }
  for (let round = 0; round < 6; round++) await Promise.all(paths.map((path) => use(path, round)))
  for (const child of sweepers) child.kill()
  expect(held).toBeGreaterThan(0)
  expect(vanished).toBe(0)
})
