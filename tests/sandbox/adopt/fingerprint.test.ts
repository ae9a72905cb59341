import { chmod, rename, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fingerprint } from '../../../lib/adapters/sandbox/adopt/fingerprint.ts'
import { openCheckout } from './checkout.ts'

let checkout: Awaited<ReturnType<typeof openCheckout>>
const print = () => fingerprint(checkout.root, ['node_modules'], ['.cache'])
const at = (path: string) => join(checkout.root, path)
beforeEach(async () => {
  checkout = await openCheckout()
  await checkout.write('package-lock.json', '{}')
  await checkout.write('node_modules/a/index.js', 'one')
  await checkout.write('node_modules/.package-lock.json', '{}')
  await checkout.link('node_modules/.bin/a', '../a/index.js')
})
afterEach(() => checkout.close())

it('is the same for the same tree, whatever tools keep in their caches', async () => {
  const before = await print()
  expect(before).toMatch(/^[0-9a-f]{64}$/)
  await checkout.write('node_modules/.cache/tool/state', 'x')
  await checkout.write('src/index.ts', 'x')
  expect(await print()).toBe(before)
})

const CHANGES: [string, () => Promise<void>][] = [
  ['a longer file', () => checkout.write('node_modules/a/index.js', 'longer')],
  ['a later file', () => utimes(at('node_modules/a/index.js'), 1, 1)],
  ['a new file', () => checkout.write('node_modules/b/index.js', '')],
  ['another name', () => rename(at('node_modules/a/index.js'), at('node_modules/a/main.js'))],
  ['another mode', () => chmod(at('node_modules/a/index.js'), 0o755)],
  ['another lockfile', () => checkout.write('package-lock.json', '[]')],
  ["another record of npm's", () => checkout.write('node_modules/.package-lock.json', '[]')],
  ['another link', () => checkout.link('node_modules/.bin/b', '../a/index.js')],
]
it.each(CHANGES)('changes with %s', async (_, change) => {
  const before = await print()
  await change()
  expect(await print()).not.toBe(before)
})

it('is another one for another checkout, so that none can stand in for it', async () => {
  const before = await print()
  const moved = `${checkout.root}-moved`
  await rename(checkout.root, moved)
  expect(await fingerprint(moved, ['node_modules'], ['.cache'])).not.toBe(before)
})
