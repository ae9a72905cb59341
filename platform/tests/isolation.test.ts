import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Deployment } from '../../lib/domain/deployment.ts'
import { appFiles } from './app.ts'
import { type Bench, openBench, read, TOKEN } from './harness.ts'

const TIME = { timeout: 30_000 }

/** As on a machine where root keeps the project in its own home: no other user may pass through `private`. */
describe.each([
  ['an open folder', 'home', 0o755],
  ['a private folder', 'private/home', 0o700],
])('in %s', (_, inside, mode) => {
  let bench: Bench
  let app: Deployment
  let other: Deployment
  const look = (path: string) => read(`${app.url}/look?path=${encodeURIComponent(path)}`)

  beforeAll(async () => {
    bench = await openBench({ CANARY: 'canary-in-the-environment' }, inside, mode)
    writeFileSync(join(bench.folder, 'token'), TOKEN, { mode: 0o644 })
    other = await bench.deploy(bench.repository.commit(appFiles('other', {}, { 'secret.txt': 'of another build' })))
    // a box must not make namespaces of its own: if it could, this build would fail
    app = await bench.deploy(bench.repository.commit(appFiles('app', { build: '! unshare --user true' })))
  }, 30_000)
  afterAll(() => bench?.end())

  test('an app reads its own files and nothing of the platform or the host', TIME, async () => {
    expect(app).toMatchObject({ state: 'ready' })
    expect(await look('/app/server.mjs')).toContain('createServer')
    const { home, folder } = bench
    const hidden = [
      home,
      join(home, 'state.json'),
      join(home, 'log.jsonl'),
      join(folder, 'token'),
      bench.repository.path,
    ]
    hidden.push(join(home, 'builds', other.id, 'secret.txt'), join(home, 'output', `${app.id}.log`), join(home, 'etc'))
    hidden.push('/root', '/home/user', '/proc/1/root/root', '/proc/self/cwd/../root', '/var/lib', process.execPath)
    for (const path of hidden) expect([path, await look(path)]).toEqual([path, 'ENOENT'])
    expect(await look('/etc')).not.toContain('shadow')
    expect((await look('/home')).trim()).toBe('app')
  })

  test('process 1 shows neither the platform’s environment nor the app’s settings', TIME, async () => {
    const environ = await look('/proc/1/environ')
    expect(environ).toContain('PATH=')
    for (const secret of [TOKEN, 'CANARY', 'PLATFORM_HOME', 'CLINIC_ENV']) expect(environ).not.toContain(secret)
    const commandLine = await look('/proc/1/cmdline')
    expect(commandLine).toContain('bwrap')
    expect(commandLine).not.toContain('CLINIC_ENV')
    expect((await look('/proc')).split(' ').filter((entry) => /^\d+$/.test(entry)).length).toBeLessThan(10)
  })

  test('an app writes to its own folder and to no setting of the machine', TIME, async () => {
    const write = (path: string) => read(`${app.url}/write?path=${encodeURIComponent(path)}`)
    expect(await write('/app/own.txt')).toBe('written')
    // opening is enough to know; a kernel setting would take the 'x' for malformed
    for (const path of ['/proc/sys/kernel/core_pattern', '/usr/x', '/etc/x', '/x', '/opt/node/bin/node']) {
      expect([path, await write(path)]).toEqual([path, expect.stringMatching(/^(EROFS|EACCES|EPERM|ETXTBSY)$/)])
    }
  })

  test('as root, an app is an unprivileged user on the host too', TIME, async () => {
    const status = await look('/proc/self/status')
    expect(status).toMatch(/CapEff:\s0{16}/)
    expect(status).toMatch(/CapBnd:\s0{16}/)
    expect(status).toMatch(/NoNewPrivs:\s1/)
    const owner = statSync(join(bench.home, 'builds', app.id)).uid
    if (process.getuid?.() === 0) expect(owner).toBeGreaterThanOrEqual(61_000)
  })

  test('an install command cannot make another box show what it links to', TIME, async () => {
    mkdirSync(join(bench.folder, 'canary'), { mode: 0o755 })
    writeFileSync(join(bench.folder, 'canary', 'secret'), 'canary')
    const install = `ln -s ${join(bench.folder, 'canary')} node_modules`
    const lock = { 'package-lock.json': '{}' }
    const linked = await bench.deploy(bench.repository.commit(appFiles('linked', { install }, lock)), 'staging')
    expect(await read(`${linked.url}/look?path=/app/node_modules/secret`)).toBe('ENOENT')
    expect(readFileSync(join(bench.home, 'state.json'), 'utf8')).toContain(linked.id)
  })
})
