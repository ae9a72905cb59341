import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort } from '../../cli/ports.ts'
import type { Deployment } from '../../lib/domain/deployment.ts'
import { appFiles } from './app.ts'
import { openBench, read, TOKEN, until } from './harness.ts'

const TIME = { timeout: 30_000 }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ns-platform-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function run(settings: Record<string, string>): { status: number | null; said: unknown } {
  const env = settings as NodeJS.ProcessEnv
  const main = join(import.meta.dirname, '..', 'main.ts')
  const { status, stdout } = spawnSync(process.execPath, [main], { env, encoding: 'utf8', timeout: 20_000 })
  return { status, said: JSON.parse(stdout) }
}

test('a start with settings missing says all of them and ends', TIME, () => {
  const { status, said } = run({ PLATFORM_PORT: '0' })
  expect(status).toBe(1)
  expect(said).toEqual({ ready: false, problems: [expect.stringContaining('HOME'), expect.stringContaining('TOKEN')] })
})

test('a start without a usable node to run apps with says so and ends', TIME, () => {
  mkdirSync(join(folder, 'runtime/bin'), { recursive: true })
  symlinkSync('/bin/false', join(folder, 'runtime/bin/node'))
  const env = { PLATFORM_HOME: join(folder, 'home'), PLATFORM_PORT: '0', PLATFORM_TOKEN: TOKEN }
  const broken = run({ ...env, PLATFORM_RUNTIME_DIR: join(folder, 'runtime') })
  expect(broken).toEqual({ status: 1, said: { ready: false, problems: [expect.stringContaining('isolated')] } })
  const none = run({ ...env, PLATFORM_RUNTIME_DIR: folder })
  expect(none).toEqual({ status: 1, said: { ready: false, problems: [expect.stringContaining('no node')] } })
})

test('apps run on the node of the given folder', TIME, async () => {
  mkdirSync(join(folder, 'bin'))
  symlinkSync(process.execPath, join(folder, 'bin/node'))
  const bench = await openBench({ PLATFORM_RUNTIME_DIR: folder })
  try {
    const build = 'node -e "process.exit(process.execPath === \'/opt/node/bin/node\' ? 0 : 1)" && npm --version'
    expect(await bench.deploy(bench.repository.commit(appFiles('one', { build })))).toMatchObject({
      state: 'ready',
      why: null,
    })
    expect(statSync(join(bench.home, 'state.json')).mode & 0o777).toBe(0o600)
  } finally {
    await bench.end()
  }
})

test(
  'a new port moves the address, a new environment reaches the next deployment, and a start keeps both',
  TIME,
  async () => {
    const bench = await openBench()
    try {
      const first = await bench.deploy(bench.repository.commit(appFiles('one')))
      await bench.promote(first.id, null)
      const old = bench.address('production')
      // The next one up may be anybody's.
      const port = await freePort()
      const targets = { production: { port, env: { COLOUR: 'blue' } } }
      expect((await bench.call('PUT', '/apps/shop', { repository: bench.repository.path, targets })).status).toBe(200)
      const moved = `http://127.0.0.1:${port}`
      expect(await read(`${moved}/who`)).toMatch(/^one /)
      await expect(read(`${old}/who`)).rejects.toThrow()
      expect(JSON.parse(await read(`${moved}/env`)).COLOUR).toBeUndefined()
      const second = await bench.deploy(bench.repository.commit(appFiles('two')))
      expect(JSON.parse(await read(`${second.url}/env`)).COLOUR).toBe('blue')
      await bench.kill('SIGKILL')
      await bench.start()
      expect(await read(`${moved}/who`)).toMatch(/^one /)
      const ask = async () => (await bench.call<Deployment>('GET', `/apps/shop/deployments/${second.id}`)).body.url
      expect(await until(ask, (url) => url !== null)).toBe(second.url)
    } finally {
      await bench.end()
    }
  },
)
