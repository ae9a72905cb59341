import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dependencyFolders } from '../../../lib/adapters/sandbox/adopt/folders.ts'
import { openCheckout } from './checkout.ts'

let checkout: Awaited<ReturnType<typeof openCheckout>>
beforeEach(async () => {
  checkout = await openCheckout()
})
afterEach(() => checkout.close())

describe('dependency folders of a checkout', () => {
  it('are found down to the fourth level, none inside another or in hidden folders', async () => {
    await checkout.write('node_modules/a/node_modules/b/index.js', '')
    await checkout.write('apps/web/client/node_modules/c/index.js', '')
    await checkout.write('apps/web/client/deeper/node_modules/d/index.js', '')
    await checkout.write('.next/node_modules/e/index.js', '')
    await checkout.write('service/.venv/pyvenv.cfg', '')
    await checkout.link('linked/node_modules', '../node_modules')
    expect(await dependencyFolders(checkout.root)).toEqual([
      'apps/web/client/node_modules',
      'node_modules',
      'service/.venv',
    ])
  })

  it('are `vendor` and `venv` only beside what installs into them', async () => {
    for (const path of [
      'src/vendor/code.js',
      'php/vendor/autoload.php',
      'php/composer.json',
      'py/venv/x',
      'py/setup.py',
    ])
      await checkout.write(path, '')
    expect(await dependencyFolders(checkout.root)).toEqual(['php/vendor', 'py/venv'])
  })

  it('are none where nothing is installed', async () => {
    expect(await dependencyFolders(checkout.root)).toEqual([])
  })
})
