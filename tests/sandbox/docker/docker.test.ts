import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { docker } from '../../../lib/adapters/sandbox.docker.ts'
import type { Sandbox } from '../../../lib/world.ts'
import { openCheckout } from '../adopt/checkout.ts'
import { file, openLab } from '../lab.ts'
import { lockedApp, openRegistry } from '../registry.ts'
import { openEngine, whyNoEngine } from './engine.ts'

const RAN = 'echo ran > /workspace/ran'
const scripted = {
  name: 'with-script',
  version: '1.0.0',
  files: { 'package.json': JSON.stringify({ scripts: { postinstall: RAN } }), 'index.js': 'module.exports = 42' },
}
const why = await whyNoEngine()
if (why) console.warn(`Docker tests skipped: ${why}`)

describe.skipIf(why)('a Docker engine', { timeout: 300_000 }, () => {
  let engine: Awaited<ReturnType<typeof openEngine>>
  let lab: Awaited<ReturnType<typeof openLab>>
  let registry: Awaited<ReturnType<typeof openRegistry>>
  let sandbox: Sandbox
  const containers = () => engine.docker.listContainers({ all: true })
  beforeAll(async () => {
    registry = await openRegistry([scripted])
    engine = await openEngine()
    lab = await openLab({ registry: { url: registry.url } })
    sandbox = docker({ ...lab.options, socket: engine.socket })
    expect(await sandbox.selfTest()).toMatchObject({ ok: true })
  }, 300_000)
  afterAll(async () => {
    await engine.close()
    await registry.close()
    await lab.close()
  })

  it('installs through the same door, with scripts off, and shows a set that cannot be written', async () => {
    const locked = lockedApp([
      { name: 'with-script', version: '1.0.0', integrity: registry.integrity('with-script'), hasInstallScript: true },
    ])
    const installed = await sandbox.install(locked, 'npm ci')
    if (!installed.ok) throw new Error(installed.output)
    const program = `console.log(require('with-script'), require('fs').existsSync('ran'))
      for (const path of ['with-script/index.js', '.vite/ok'])
        try { require('fs').writeFileSync('node_modules/' + path, 'x'); console.log('wrote', path) } catch (e) { console.log(e.code) }`
    const run = { files: [file('a.js', program)], argv: ['node', 'a.js'], dependencies: installed.key }
    expect((await sandbox.run(run)).stdout).toBe('42 false\nEROFS\nwrote .vite/ok\n')
    const direct = `node -e "fetch('http://198.51.100.1').catch((e) => { console.log(e.cause.code); process.exit(3) })"`
    expect(await sandbox.install(locked, direct)).toMatchObject({
      ok: false,
      output: expect.stringContaining('ENETUNREACH'),
    })
  })

  it('shows adopted folders of every package at their places', async () => {
    const checkout = await openCheckout()
    try {
      await checkout.write('node_modules/one/index.js', 'module.exports = "one"')
      await checkout.write('packages/a/node_modules/two/index.js', 'module.exports = "two"')
      const adopted = await sandbox.adopt(checkout.root)
      if (!adopted.ok) throw new Error(adopted.why)
      const files = [file('packages/a/main.js', "console.log(require('one'), require('two'))")]
      const run = { files, argv: ['node', 'packages/a/main.js'], dependencies: adopted.key }
      expect((await sandbox.run(run)).stdout).toBe('one two\n')
    } finally {
      await checkout.close()
    }
  })

  it('leaves no container behind, not even one of a process that was killed', async () => {
    expect(await containers()).toEqual([])
    const [image] = await engine.docker.listImages()
    const { createHash } = await import('node:crypto')
    const home = createHash('sha256').update(lab.home).digest('hex').slice(0, 16)
    const labels = { 'nightshift.home': home, 'nightshift.owner': `${2 ** 30}-1` }
    await engine.docker.createContainer({ Image: image?.RepoTags?.[0] ?? '', Cmd: ['/bin/true'], Labels: labels })
    await engine.docker.createContainer({
      Image: image?.RepoTags?.[0] ?? '',
      Cmd: ['/bin/true'],
      name: 'of-somebody-else',
    })
    await docker({ ...lab.options, socket: engine.socket }).selfTest()
    expect((await containers()).map(({ Names }) => Names)).toEqual([['/of-somebody-else']])
  })
})

it('says what to do when there is no engine', async () => {
  const lab = await openLab()
  try {
    const answer = await docker({ ...lab.options, socket: '/nonexistent/docker.sock' }).selfTest()
    expect(answer).toMatchObject({ ok: false, boundary: 'none', why: 'No Docker engine answers.' })
  } finally {
    await lab.close()
  }
})
