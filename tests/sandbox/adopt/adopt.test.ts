import { readdir, readlink, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../../lib/world.ts'
import { file, openLab } from '../lab.ts'
import { openCheckout } from './checkout.ts'

describe('adopting what a checkout has installed', { timeout: 120_000 }, () => {
  let lab: Awaited<ReturnType<typeof openLab>>
  let sandbox: Sandbox
  let checkout: Awaited<ReturnType<typeof openCheckout>>
  const adopt = async () => {
    const answer = await sandbox.adopt(checkout.root)
    if (!answer.ok) throw new Error(answer.why)
    return answer
  }
  const sets = () => readdir(join(lab.home, 'cache/deps'))

  beforeAll(async () => {
    lab = await openLab()
    sandbox = lab.start()
    expect(await sandbox.selfTest()).toMatchObject({ ok: true })
  }, 120_000)
  beforeEach(async () => {
    checkout = await openCheckout()
    await checkout.write('node_modules/one/index.js', 'module.exports = "one"')
  })
  afterEach(() => checkout.close())
  afterAll(() => lab.close())

  it('shows runs a copy that they cannot write, and leaves the original as it was', async () => {
    await checkout.write('node_modules/.cache/secret', 'x')
    const before = await checkout.state()
    const first = await adopt()
    expect(first).toMatchObject({ cached: false, notes: [] })
    expect(await checkout.state()).toBe(before)
    const program = `console.log(require('one'), require('fs').readdirSync('node_modules/.cache').length)
      try { require('fs').writeFileSync('node_modules/one/index.js', '') } catch (e) { console.log(e.code) }`
    const run = { files: [file('a.js', program)], argv: ['node', 'a.js'], dependencies: first.key }
    expect((await sandbox.run(run)).stdout).toBe('one 0\nEROFS\n')
    const copy = await stat(join(lab.home, 'cache/deps', first.key, 'node_modules/one/index.js'))
    expect([copy.uid, (copy.mode & 0o777).toString(8), copy.nlink]).toEqual([process.getuid?.(), '644', 1])
  })

  it('is made once, for two that ask at once, after a restart, and anew when the tree changes', async () => {
    const keys = (await Promise.all([adopt(), adopt()])).map(({ key }) => key)
    expect(keys[0]).toBe(keys[1])
    const again = await lab.start().adopt(checkout.root)
    expect(again).toMatchObject({ ok: true, key: keys[0], cached: true })
    await checkout.write('node_modules/two/index.js', 'module.exports = 2')
    expect(await adopt()).toMatchObject({ cached: false, key: expect.not.stringMatching(keys[0] ?? '') })
    expect((await readdir(join(lab.home, 'cache'))).filter((name) => name.startsWith('adopt-'))).toEqual([])
  })

  it('finds the folders of every package, each at its place', async () => {
    await checkout.write('packages/a/package.json', '{}')
    await checkout.write('packages/a/node_modules/two/index.js', 'module.exports = "two"')
    await checkout.link('packages/a/node_modules/one', '../../../node_modules/one')
    await checkout.link('node_modules/b', '../packages/b')
    const { key } = await adopt()
    const program = "console.log(require('one'), require('two'), require('b'))"
    const files = [file('packages/a/main.js', program), file('packages/b/index.js', 'module.exports = "of this tree"')]
    const argv = ['node', 'packages/a/main.js']
    expect((await sandbox.run({ files, argv, dependencies: key })).stdout).toBe('one two of this tree\n')
    const other = { files: [file('main.js', "console.log(require('one'))")], argv: ['sh', '-c', 'node main.js; ls'] }
    expect((await sandbox.run({ ...other, dependencies: key })).stdout).toBe('one\nmain.js\nnode_modules\n')
  })

  it('leaves out links that lead out of the repository, and says so', async () => {
    await checkout.link('node_modules/shadow', '/etc/shadow')
    await checkout.link('node_modules/up', '../../outside')
    await checkout.link('node_modules/one/self', `${checkout.root}/node_modules/one`)
    const { key, notes } = await adopt()
    expect(notes?.map((note) => note.split(' ')[0]).sort()).toEqual(['node_modules/shadow', 'node_modules/up'])
    const folder = join(lab.home, 'cache/deps', key, 'node_modules')
    expect((await readdir(folder)).sort()).toEqual(['.cache', '.vite', '.vite-temp', 'one'])
    expect(await readlink(join(folder, 'one/self'))).toBe('.')
    expect((await lab.start().adopt(checkout.root)) as { notes: string[] }).toMatchObject({ notes })
  })

  it('copies a link to a folder as a link, never what is behind it', async () => {
    await checkout.write('node_modules/real/index.js', '1')
    await checkout.link('node_modules/alias', './real')
    const { key } = await adopt()
    expect(await readlink(join(lab.home, 'cache/deps', key, 'node_modules/alias'))).toBe('real')
  })

  it('says what stands in the way, and keeps nothing', async () => {
    const before = await sets()
    await rm(join(checkout.root, 'node_modules'), { recursive: true })
    expect(await sandbox.adopt(checkout.root)).toMatchObject({
      ok: false,
      why: expect.stringContaining('no installed'),
    })
    expect(await sandbox.adopt(join(checkout.root, 'absent'))).toMatchObject({
      ok: false,
      why: 'There is no such folder.',
    })
    expect(await sets()).toEqual(before)
  })
})
