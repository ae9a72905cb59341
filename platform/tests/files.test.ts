import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reason } from '../builds.ts'
import { readConfig } from '../config.ts'
import { makeFolders } from '../folders.ts'
import { backoffMs } from '../instances.ts'
import { openOutput } from '../output.ts'
import { isFree, releasePort, takePort } from '../ports.ts'
import { openStore } from '../store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ns-platform-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('every missing setting is named at once', () => {
  const answer = readConfig({ PLATFORM_PORT: 'x', PLATFORM_TOKEN: 'short', PLATFORM_RUNTIME_DIR: 'relative' })
  expect(answer.ok ? [] : answer.problems.map((problem) => problem.split(':')[0])).toEqual([
    'PLATFORM_HOME',
    'PLATFORM_PORT',
    'PLATFORM_TOKEN',
    'PLATFORM_RUNTIME_DIR',
  ])
  const good = { PLATFORM_HOME: folder, PLATFORM_PORT: '0', PLATFORM_TOKEN: 'x'.repeat(16) }
  expect(readConfig(good)).toMatchObject({ ok: true, config: { home: folder, port: 0, runtimeDir: null } })
  const npm = { npm_config_registry: 'https://r.example/', HTTPS_PROXY: 'http://p.example/' }
  const read = readConfig({ ...good, ...npm, npm_config_cache: '/c', GITHUB_TOKEN: 'secret' })
  expect(read).toMatchObject({ config: { npm } })
  expect(JSON.stringify(read)).not.toContain('secret')
  expect(readConfig({ ...good, PLATFORM_PORT: '65536' }).ok).toBe(false)
})

test('state and log agree after a reopening, and a snapshot stays as it was', () => {
  const store = openStore(folder)
  const before = store.state()
  const app = { name: 'a', repository: '/r', targets: {}, builds: [] }
  const entry = store.commit({ what: 'registered', app: 'a' }, (state) => {
    state.apps.a = app
  })
  expect([before.apps, entry.seq]).toEqual([{}, 1])
  const again = openStore(folder)
  expect(again.state()).toEqual(store.state())
  expect(again.log('a', 0, 10)).toEqual([entry])
  expect(again.commit({ what: 'registered', app: 'b' }, () => {}).seq).toBe(2)
  expect(again.log('a', 0, 10)).toEqual([entry])
  expect(again.log('b', 2, 10)).toEqual([])
  expect(statSync(join(folder, 'state.json')).mode & 0o777).toBe(0o600)
})

test('a change that throws leaves everything as it was', () => {
  const store = openStore(folder)
  const wrong = () =>
    store.commit({ what: 'registered', app: 'a' }, (state) => {
      state.apps.a = { name: 'a', repository: '/r', targets: {}, builds: [] }
      throw new Error('no')
    })
  expect(wrong).toThrow('no')
  expect([store.state().apps, store.log('a', 0, 10)]).toEqual([{}, []])
})

test('a half line at the end of the log is cut off', () => {
  openStore(folder).commit({ what: 'registered', app: 'a' }, () => {})
  const file = join(folder, 'log.jsonl')
  const whole = readFileSync(file, 'utf8')
  appendFileSync(file, '{"seq":2,"ü')
  expect(openStore(folder).log('a', 0, 10)).toHaveLength(1)
  expect(readFileSync(file, 'utf8')).toBe(whole)
})

test('output rolls over and is bounded, and its tail is the last 2 KB', () => {
  const path = join(folder, 'o.log')
  const output = openOutput(path, 1000)
  for (let i = 0; i < 100; i++) output.write(`line ${i} ${'x'.repeat(90)}\n`)
  output.write('y'.repeat(5000))
  expect(statSync(path).size).toBeLessThanOrEqual(1000)
  expect(statSync(`${path}.1`).size).toBeLessThanOrEqual(1000)
  expect(existsSync(`${path}.2`)).toBe(false)
  expect(output.tail()).toBe('y'.repeat(2048))
  output.close()
  const again = openOutput(path, 1000)
  expect(again.tail()).toContain('y')
  again.close()
})

test('a reason keeps its first line and the end of the words, in 2 KB', () => {
  expect(reason('build failed (exit 1)', 'a\nb')).toBe('build failed (exit 1)\na\nb')
  const long = reason('f'.repeat(5000), `${'x'.repeat(9000)}\nthe end`)
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(2048)
  expect(long).toMatch(/^f{300}\nx+\nthe end$/)
})

test('two never get the same port, and one in use is not handed out', async () => {
  const one = await takePort(null)
  const two = await takePort(one)
  expect(two).not.toBe(one)
  releasePort(one)
  expect(await takePort(one)).toBe(one)
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const used = typeof address === 'object' && address ? address.port : 0
  expect(await isFree(used)).toBe(false)
  expect(await takePort(used)).not.toBe(used)
  server.close()
})

test('restarts wait longer each time, up to half a minute', () => {
  expect([0, 1, 2, 20].map(backoffMs)).toEqual([250, 500, 1000, 30_000])
})

test('other users may pass through the folders of builds and read neither state, output nor counts', () => {
  const folders = makeFolders(join(folder, 'home'))
  const modes = Object.fromEntries(Object.entries(folders).map(([name, path]) => [name, statSync(path).mode & 0o777]))
  expect(modes).toEqual({ home: 0o711, builds: 0o711, dependencies: 0o711, output: 0o700, traffic: 0o700 })
})
