import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dependencyKey, isInstalled, keepInstalled } from '../install.ts'
import { appFiles } from './app.ts'
import { type Bench, openBench, read } from './harness.ts'

const file = (path: string, oid = 'o') => ({ path, mode: '100644', oid })

describe('the key of a dependency set', () => {
  const files = [file('package.json'), file('package-lock.json'), file('src/a.ts')]
  const key = dependencyKey('npm ci', files)

  test('depends on the command, the lockfile, package.json and where they are, and on no other file', () => {
    expect(key).toMatch(/^[0-9a-f]{32}$/)
    expect(dependencyKey('npm ci', [...files.slice(0, 2).reverse(), file('src/b.ts')])).toBe(key)
    const others = [
      dependencyKey('npm install', files),
      dependencyKey('npm ci', [file('package.json', 'p'), ...files.slice(1)]),
      dependencyKey('npm ci', [files[0] ?? file(''), file('package-lock.json', 'p')]),
      dependencyKey('npm ci', [...files, file('.npmrc')]),
      dependencyKey('npm ci', [...files, file('packages/a/package.json')]),
    ]
    expect(new Set([key, ...others]).size).toBe(6)
  })

  test('is missing where nothing pins what an install makes', () => {
    expect(dependencyKey('npm ci', [file('package.json')])).toBeNull()
    expect(dependencyKey('npm ci', [...files, file('node_modules/a/index.js')])).toBeNull()
    expect(dependencyKey('npm ci', [...files, file('node_modules')])).toBeNull()
  })
})

describe('keeping what was installed', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ns-platform-install-'))
    mkdirSync(join(folder, 'build'))
    mkdirSync(join(folder, 'sets'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const keep = () => keepInstalled(join(folder, 'build'), join(folder, 'sets'), 'key')

  test('moves a folder, and lets the first of two win', async () => {
    for (const text of ['first', 'second']) {
      mkdirSync(join(folder, 'build/node_modules'))
      writeFileSync(join(folder, 'build/node_modules/a'), text)
      expect(await keep()).toBe(true)
      expect(existsSync(join(folder, 'build/node_modules'))).toBe(false)
    }
    expect(readFileSync(join(folder, 'sets/key/node_modules/a'), 'utf8')).toBe('first')
    expect(isInstalled(join(folder, 'sets'), 'key')).toBe(true)
  })

  test('never keeps a link, a file or nothing', async () => {
    expect(await keep()).toBe(false)
    writeFileSync(join(folder, 'build/node_modules'), '')
    expect(await keep()).toBe(false)
    rmSync(join(folder, 'build/node_modules'))
    symlinkSync('/root', join(folder, 'build/node_modules'))
    expect(await keep()).toBe(false)
    expect(isInstalled(join(folder, 'sets'), 'key')).toBe(false)
  })
})

describe('in a build', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench()
  }, 30_000)
  afterAll(() => bench?.end())

  test('one lockfile is installed once, shared read-only, and scripts are not run by npm', {
    timeout: 30_000,
  }, async () => {
    const install = 'mkdir node_modules && date +%N > node_modules/stamp && echo "$npm_config_ignore_scripts" > scripts'
    const lock = { 'package-lock.json': '{}' }
    const one = await bench.deploy(bench.repository.commit(appFiles('1', { install }, lock)))
    const two = await bench.deploy(bench.repository.commit(appFiles('2', { install }, lock)))
    const three = await bench.deploy(
      bench.repository.commit(appFiles('3', { install }, { 'package-lock.json': '{} ' })),
    )
    const stamps = [one, two, three].map(({ url }) => read(`${url}/look?path=node_modules/stamp`))
    const [first = '', second, third] = await Promise.all(stamps)
    expect(first).toMatch(/^\d+\n$/)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
    expect(await read(`${two.url}/write?path=node_modules/stamp`)).toBe('EROFS')
    expect(await read(`${one.url}/look?path=scripts`)).toBe('true\n')
  })
})
