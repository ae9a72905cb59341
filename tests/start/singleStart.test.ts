import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { holdHome } from '../../cli/singleStart.ts'
import { locked } from '../../lib/adapters/sandbox/budget/lock.ts'

const MODULE = resolve(import.meta.dirname, '../../cli/singleStart.ts')
const home = (name: string) => `/nonexistent/${process.pid}/${name}`

it('lets one start have a state folder and tells the others who has it', async () => {
  const first = await holdHome(home('a'), 'at http://localhost:3000, process 7')
  expect(await holdHome(home('a'), 'second')).toEqual({ heldBy: 'at http://localhost:3000, process 7' })
  if ('release' in first) await first.release()
  const third = await holdHome(home('a'), 'third')
  expect(third).toHaveProperty('release')
  if ('release' in third) await third.release()
})

it('keeps two state folders apart', async () => {
  const holds = await Promise.all([holdHome(home('b'), 'b'), holdHome(home('c'), 'c')])
  for (const hold of holds) {
    expect(hold).toHaveProperty('release')
    if ('release' in hold) await hold.release()
  }
})

it('leaves the caches of its folder to whoever uses them meanwhile', async () => {
  const hold = await holdHome(home('e'), 'the start')
  expect(await locked(home('e'), 50, async () => 'done')).toBe('done')
  if ('release' in hold) await hold.release()
})

it('is free again after kill -9 of who had it', async () => {
  const text = `const { holdHome } = await import(${JSON.stringify(MODULE)})
    await holdHome(${JSON.stringify(home('d'))}, 'the killed one'); console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  expect(await holdHome(home('d'), 'x')).toEqual({ heldBy: 'the killed one' })
  child.kill('SIGKILL')
  await once(child, 'exit')
  const hold = await holdHome(home('d'), 'x')
  expect(hold).toHaveProperty('release')
  if ('release' in hold) await hold.release()
})
