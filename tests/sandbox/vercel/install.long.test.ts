import { rm } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hostsOf } from '../../../lib/adapters/sandbox/vercel/install.ts'
import { DENY_ALL } from '../../../lib/adapters/sandbox/vercel/policy.ts'
import type { Sandbox } from '../../../lib/world.ts'
import { file } from '../lab.ts'
import { lockedApp, openRegistry } from '../registry.ts'
import { openHouse, whyNoMachines } from './house.ts'

const scripted = {
  name: 'with-script',
  version: '1.0.0',
  files: {
    'package.json': JSON.stringify({ scripts: { postinstall: 'echo ran > /workspace/ran' } }),
    'index.js': 'module.exports = 42',
  },
}
/** A package manager as far as an install needs one: it says who it is, and makes the folder. */
const manager = {
  name: 'yarn',
  version: '1.22.22',
  files: {
    'package.json': JSON.stringify({ bin: { yarn: 'yarn.js' } }),
    'yarn.js': `#!/usr/bin/env node\nconst { mkdirSync, writeFileSync } = require('node:fs')
mkdirSync('node_modules/by', { recursive: true }); writeFileSync('node_modules/by/index.js', 'module.exports = "yarn"')`,
  },
}

describe.skipIf(await whyNoMachines())('installing dependencies on a machine', { timeout: 300_000 }, () => {
  let house: Awaited<ReturnType<typeof openHouse>>
  let registry: Awaited<ReturnType<typeof openRegistry>>
  let sandbox: Sandbox
  const locked = () =>
    lockedApp([
      { name: 'with-script', version: '1.0.0', integrity: registry.integrity('with-script'), hasInstallScript: true },
    ])
  const archives = () => registry.asked.filter((line) => line.endsWith('.tgz'))
  beforeAll(async () => {
    registry = await openRegistry([scripted, manager])
    house = await openHouse({ registry: { url: registry.url } })
    sandbox = house.start()
    expect(await sandbox.selfTest()).toEqual({ ok: true, boundary: expect.any(String), probes: expect.any(Array) })
  }, 300_000)
  beforeEach(() => {
    registry.asked.length = 0
    house.host.log.length = 0
  })
  afterEach(() => {
    house.host.faults.length = 0
    expect(house.host.service.running()).toEqual([])
  })
  afterAll(async () => {
    await registry.close()
    await house.close()
  })

  it('works once, with scripts off, for two that ask at once, and is found again by a server that knows nothing', async () => {
    const both = await Promise.all([sandbox.install(locked(), 'npm ci'), sandbox.install(locked(), 'npm ci')])
    expect(both).toMatchObject([
      { ok: true, cached: false },
      { ok: true, cached: true },
    ])
    expect(archives()).toEqual(['GET /with-script/-/with-script-1.0.0.tgz'])
    const bodies = house.host.log
      .filter(({ path }) => path === '/v3/sandboxes')
      .map(({ body }) => JSON.parse(String(body)))
    expect(bodies).toMatchObject([{ networkPolicy: { allow: ['127.0.0.1'] }, env: {} }])
    await rm(house.home, { recursive: true })
    const elsewhere = house.start()
    await elsewhere.selfTest()
    expect(await elsewhere.install(locked(), 'npm ci')).toMatchObject({ ok: true, cached: true })
  })

  it('shuts the network before what was installed is kept', async () => {
    expect(await sandbox.install(locked(), 'npm ci && echo once more')).toMatchObject({ ok: true })
    const calls = house.host.log.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)
    expect(calls.indexOf('POST network-policy')).toBeGreaterThan(0)
    expect(calls.indexOf('POST network-policy')).toBeLessThan(calls.indexOf('POST snapshot'))
  })

  it('gives runs a set they can read and cannot write, but for its caches, and no network', async () => {
    const installed = await sandbox.install(locked(), 'npm ci')
    if (!installed.ok) throw new Error(installed.output)
    house.host.log.length = 0
    const program = `console.log(require('with-script'), require('node:fs').existsSync('ran'))
      for (const path of ['new', 'with-script/index.js', '.vite/ok'])
        try { require('node:fs').writeFileSync('node_modules/' + path, 'x'); console.log('wrote', path) } catch (e) { console.log(e.code) }`
    const run = { files: [file('a.js', program)], argv: ['node', 'a.js'], dependencies: installed.key }
    expect((await sandbox.run(run)).stdout).toBe('42 false\nEROFS\nEROFS\nwrote .vite/ok\n')
    const [create] = house.host.log.filter(({ path }) => path === '/v3/sandboxes')
    expect(JSON.parse(String(create?.body)).networkPolicy).toEqual({ mode: 'deny-all' })
    expect((await sandbox.run({ ...run, argv: ['sh', '-c', 'ls -A; ls node_modules/.vite'] })).stdout).toBe(
      'a.js\nnode_modules\n',
    )
  })

  it('shows nested folders beside files alone', async () => {
    const command = 'mkdir -p node_modules packages/a/node_modules/two && echo 1 > packages/a/node_modules/two/x'
    const set = await sandbox.install([...locked(), file('packages/a/package.json', '{}')], command)
    const look = (files: ReturnType<typeof file>[]) =>
      sandbox.run({ files, argv: ['sh', '-c', 'cat packages/*/*/*/x; ls'], dependencies: set.ok ? set.key : '' })
    expect((await look([file('packages/a/main.js', '')])).stdout).toBe('1\nnode_modules\npackages\n')
    expect((await look([file('b', '')])).stdout).toBe('b\nnode_modules\n')
  })

  it('reaches the registry through us and nothing else', async () => {
    const direct = `node -e "fetch('http://198.51.100.1').catch((e) => { console.log(e.cause.code); process.exit(3) })"`
    const answer = await sandbox.install(locked(), direct)
    expect(answer).toMatchObject({ ok: false, output: expect.stringContaining('ENETUNREACH') })
    const other = [...locked(), file('.npmrc', 'with-script:registry=x\n@corp:registry=https://corp.example/')]
    const elsewhere = await sandbox.install(other, 'npm view @corp/x')
    expect(elsewhere).toMatchObject({ ok: false, output: expect.stringContaining('refused: CONNECT corp.example:443') })
  })

  it('keeps nothing of an install that failed, and says why', async () => {
    const before = house.host.service.snapshots.length
    const failed = await sandbox.install(locked(), 'mkdir -p node_modules/half; echo sorry >&2; exit 4')
    expect(failed).toMatchObject({ ok: false, why: 'The install command ended with status 4.', output: 'sorry\n' })
    const linked = await sandbox.install(locked(), 'ln -s /etc node_modules')
    expect(linked).toMatchObject({ ok: false, why: 'node_modules is not a folder.' })
    expect(await sandbox.install(locked(), 'npm ci --ignore-scripts=false')).toMatchObject({ ok: false, output: '' })
    expect(house.host.service.snapshots).toHaveLength(before)
  })

  it('installs a package manager that is a package, and with it', async () => {
    const files = [file('package.json', '{"name":"app"}'), file('yarn.lock', '# yarn lockfile v1\n')]
    const installed = await sandbox.install(files, 'npm ci')
    if (!installed.ok) throw new Error(`${installed.why} ${installed.output}`)
    const run = { files: [], argv: ['node', '-p', "require('by')"], dependencies: installed.key }
    expect((await sandbox.run(run)).stdout).toBe('yarn\n')
    expect((await sandbox.run({ ...run, argv: ['sh', '-c', 'ls node_modules'] })).stdout).toBe('by\n')
  })

  it('keeps what it resolved where there is no lockfile, and resolves the same when the set is gone', async () => {
    const files = [file('package.json', JSON.stringify({ name: 'open', dependencies: { 'with-script': '*' } }))]
    const first = await sandbox.install(files, 'npm ci')
    expect(first).toMatchObject({ ok: true, cached: false, note: expect.stringContaining('does not fix') })
    const newest = house.host.service.snapshots.at(-1)
    if (newest) await house.host.service.forget(newest)
    const key = first.ok ? first.key : ''
    const run = { files: [], argv: ['node', '-p', "require('with-script')"], dependencies: key }
    await expect(sandbox.run(run)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    registry.asked.length = 0
    expect(await sandbox.install(files, 'npm ci')).toMatchObject({ ok: true, key, cached: false })
    expect(registry.asked).toEqual(['GET /with-script/-/with-script-1.0.0.tgz'])
    expect((await sandbox.run(run)).stdout).toBe('42\n')
  })

  it.each([
    ['the answer to a start is lost', /^POST .*\/cmd$/, 'lost'],
    ['the answer to a snapshot is lost', /\/snapshot$/, 'lost'],
    ['the answer to a snapshot breaks off', /\/snapshot$/, 'cut'],
  ] as const)('installs once and keeps it when %s', async (label, on, kind) => {
    house.host.faults.push({ on, times: 1, what: { kind } })
    const answer = await sandbox.install(locked(), `npm ci && echo ${label}`)
    expect(answer).toMatchObject({ ok: true, cached: false })
    expect(archives()).toHaveLength(1)
    const run = { files: [], argv: ['node', '-p', "require('with-script')"], dependencies: answer.ok ? answer.key : '' }
    expect((await sandbox.run(run)).stdout).toBe('42\n')
  })
})

it('opens the hosts that packages come from', () => {
  const at = (url: string) => ({ url, ca: null })
  expect(hostsOf({ npm: at('https://registry.npmjs.org/') })).toEqual(['registry.npmjs.org'])
  const both = { npm: at('https://npm.example/a/'), python: at('https://pypi.org/simple/') }
  expect(hostsOf(both)).toEqual(['npm.example', 'pypi.org', 'files.pythonhosted.org'])
  expect(DENY_ALL.hosts).toEqual([])
})
