import { chown, lstat, mkdir, readdir, readFile, readlink, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../lib/world.ts'
import { file, isRoot, openLab, project } from './lab.ts'
import { lockedApp, openRegistry } from './registry.ts'

const scripted = {
  name: 'with-script',
  version: '1.0.0',
  files: {
    'package.json': JSON.stringify({ scripts: { postinstall: 'echo ran > /workspace/ran; echo ran > ran' } }),
    'index.js': 'module.exports = 42',
  },
}
const plain = { name: '@scope/plain', version: '2.0.0', files: { 'index.js': 'module.exports = "plain"' } }

describe('installing dependencies', { timeout: 120_000 }, () => {
  let lab: Awaited<ReturnType<typeof openLab>>
  let registry: Awaited<ReturnType<typeof openRegistry>>
  let sandbox: Sandbox
  const locked = (...names: string[]) =>
    lockedApp(
      [scripted, plain]
        .filter(({ name }) => names.includes(name))
        .map(({ name, version }) => {
          // npm goes by this mark, and runs nothing without it.
          return { name, version, integrity: registry.integrity(name), hasInstallScript: name === 'with-script' }
        }),
    )
  beforeAll(async () => {
    registry = await openRegistry([scripted, plain])
    lab = await openLab({ registry: { url: registry.url } })
    sandbox = lab.start()
    expect(await sandbox.selfTest()).toMatchObject({ ok: true })
  }, 120_000)
  beforeEach(() => {
    registry.asked.length = 0
  })
  afterAll(async () => {
    await registry.close()
    await lab.close()
  })

  it('works once, with scripts off, for two that ask at once, and again from the cache', async () => {
    const files = locked('with-script', '@scope/plain')
    const both = await Promise.all([sandbox.install(files, 'npm ci'), sandbox.install(files, 'npm ci')])
    expect(both).toMatchObject([
      { ok: true, cached: false },
      { ok: true, cached: true },
    ])
    const archives = registry.asked.filter((line) => line.endsWith('.tgz'))
    expect(archives.sort()).toEqual(['GET /@scope/plain/-/plain-2.0.0.tgz', 'GET /with-script/-/with-script-1.0.0.tgz'])
    const again = lab.start()
    await again.selfTest()
    expect(await again.install(files, 'npm ci')).toMatchObject({ ok: true, cached: true })
    const key = both[0].ok ? both[0].key : ''
    const set = join(lab.home, 'cache/deps', key)
    await expect(stat(join(set, 'ran'))).rejects.toThrow('ENOENT')
    await expect(stat(join(set, 'node_modules/with-script/ran'))).rejects.toThrow('ENOENT')
    expect(await lab.slots()).toEqual([])
  })

  it('gives runs a set they can read and cannot write, but for its caches', async () => {
    const installed = await sandbox.install(locked('with-script', '@scope/plain'), 'npm ci')
    if (!installed.ok) throw new Error(installed.output)
    const program = `console.log(require('with-script'), require('@scope/plain'))
      const { writeFileSync } = require('node:fs')
      for (const path of ['new', 'with-script/index.js', '.vite/ok']) {
        try { writeFileSync('node_modules/' + path, 'x'); console.log('wrote', path) } catch (e) { console.log(e.code) }
      }`
    const run = { files: [file('a.js', program)], argv: ['node', 'a.js'], dependencies: installed.key }
    const first = await sandbox.run(run)
    expect(first.stdout).toBe('42 plain\nEROFS\nEROFS\nwrote .vite/ok\n')
    expect((await sandbox.run({ ...run, argv: ['sh', '-c', 'ls node_modules/.vite'] })).stdout).toBe('')
  })

  it('reads manifests alone, wherever they are', async () => {
    const files = [...locked(), file('src/secret.ts', 'x'), file('packages/a/package.json', '{}')]
    const answer = await sandbox.install(files, 'find . -type f >&2; false')
    expect(answer).toMatchObject({ ok: false, why: 'The install command ended with status 1.' })
    const seen = answer.ok ? [] : answer.output.trim().split('\n').sort()
    expect(seen).toEqual(['./package-lock.json', './package.json', './packages/a/package.json'])
  })

  it('reaches no other host, and says which was asked for', async () => {
    const other = { name: 'plain', version: '2.0.0', integrity: registry.integrity('@scope/plain') }
    const files = [
      ...lockedApp([{ ...other, name: '@corp/plain' }]),
      file('.npmrc', '@corp:registry=https://corp.example/'),
    ]
    const answer = await sandbox.install(files, 'npm ci')
    expect(answer).toMatchObject({ ok: false })
    expect(answer.ok ? '' : answer.output).toContain('refused: CONNECT corp.example:443')
    const direct = `node -e "fetch('http://198.51.100.1').catch((e) => { console.log(e.cause.code); process.exit(3) })"`
    expect(await sandbox.install(locked(), direct)).toMatchObject({
      ok: false,
      output: expect.stringContaining('ENETUNREACH'),
    })
  })

  it('refuses an archive that is not the one in the lockfile', async () => {
    const wrong = lockedApp([{ name: 'with-script', version: '1.0.0', integrity: registry.integrity('@scope/plain') }])
    const answer = await sandbox.install(wrong, 'npm ci')
    expect(answer).toMatchObject({ ok: false, output: expect.stringContaining('EINTEGRITY') })
  })

  it.each(['npm ci --ignore-scripts=false', 'npm ci --no-ignore-scripts', 'npm_config_ignore_scripts=0 npm ci'])(
    'refuses %s',
    async (command) => {
      expect(await sandbox.install(locked('with-script'), command)).toMatchObject({
        ok: false,
        why: expect.stringContaining('scripts'),
      })
    },
  )

  it('keeps nothing of an install that failed', async () => {
    const before = await readdir(join(lab.home, 'cache/deps'))
    expect(await sandbox.install(locked(), 'mkdir -p node_modules/half; false')).toMatchObject({ ok: false })
    expect(await readdir(join(lab.home, 'cache/deps'))).toEqual(before)
    expect(await lab.slots()).toEqual([])
  })

  it('follows no link that an install left', async () => {
    const target = join(lab.home, 'elsewhere')
    await mkdir(target, { mode: 0o700 })
    if (isRoot) await chown(target, 61_501, 61_501)
    const before = await stat(target)
    const linked = await sandbox.install(locked(), `mkdir node_modules; ln -s ${target} node_modules/out`)
    const kept = join(lab.home, 'cache/deps', linked.ok ? linked.key : '', 'node_modules/out')
    expect(await readlink(kept)).toBe(target)
    expect((await lstat(kept)).isSymbolicLink()).toBe(true)
    expect(await stat(target)).toMatchObject({ uid: before.uid, mode: before.mode })
    const whole = await sandbox.install(locked(), `ln -s ${target} node_modules`)
    expect(whole).toMatchObject({ ok: false, why: 'node_modules is not a folder.' })
    expect(await readdir(target)).toEqual([])
  })

  it('keeps what it resolved where there is no lockfile, and says so', async () => {
    const own = { name: 'open', version: '1.0.0', dependencies: { '@scope/plain': '*' } }
    const files = [file('package.json', JSON.stringify(own))]
    const first = await sandbox.install(files, 'npm ci')
    if (!first.ok) throw new Error(first.output)
    expect(first).toMatchObject({ cached: false, note: expect.stringContaining('does not fix') })
    const pins = JSON.parse(await readFile(join(lab.home, 'cache/pins', first.key), 'utf8'))
    expect(pins.packages['node_modules/@scope/plain'].version).toBe('2.0.0')
    await rm(join(lab.home, 'cache/deps', first.key), { recursive: true })
    registry.asked.length = 0
    expect(await sandbox.install(files, 'npm ci')).toMatchObject({ ok: true, key: first.key, cached: false })
    // Only the archive: which version was settled the first time.
    expect(registry.asked).toEqual(['GET /@scope/plain/-/plain-2.0.0.tgz'])
  })

  it('believes nothing a guest says about where its folders go', async () => {
    const manifest = JSON.stringify({ mounts: [{ at: 'src', caches: ['x'] }], notes: [] })
    const command = `mkdir -p src node_modules/a; echo '${manifest}' > mounts.json; cp mounts.json node_modules`
    const planted = await sandbox.install(locked(), command)
    const run = { files: [], argv: ['sh', '-c', 'ls -A'], dependencies: planted.ok ? planted.key : '' }
    expect((await sandbox.run(run)).stdout).toBe('node_modules\n')
  })

  it('takes a key for a name in the cache, never for a path', async () => {
    await mkdir(join(lab.home, 'cache/node_modules'))
    const run = { files: [], argv: ['sh', '-c', 'true'], dependencies: '..' }
    await expect(sandbox.run(run)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

it('installs from the registry that npm itself would use here', { timeout: 120_000 }, async () => {
  const lab = await openLab()
  try {
    const sandbox = lab.start()
    await sandbox.selfTest()
    const lock = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8'))
    const { version, integrity } = lock.packages['node_modules/nanoid']
    const installed = await sandbox.install(lockedApp([{ name: 'nanoid', version, integrity }]), 'npm ci')
    if (!installed.ok) throw new Error(`${installed.why} ${installed.output}`)
    const program = "import('nanoid').then(({ nanoid }) => console.log(nanoid(7).length))"
    const result = await sandbox.run({ files: [], argv: ['node', '-e', program], dependencies: installed.key })
    expect(result).toMatchObject({ exit: 0, stdout: '7\n', egress: 0 })
  } finally {
    await lab.close()
  }
})
