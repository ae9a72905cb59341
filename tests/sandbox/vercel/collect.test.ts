import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collectSet } from '../../../lib/adapters/sandbox/vercel/guest/collect.ts'
import { isRoot } from '../lab.ts'

/** It runs as root in a machine, so it is tested as root alone. */
describe.runIf(isRoot)('making a set of what an install left', () => {
  let folder: string
  const work = () => join(folder, 'work')
  const set = () => join(folder, 'set')
  const put = async (path: string, text = 'x') => {
    await mkdir(join(work(), path, '..'), { recursive: true })
    await writeFile(join(work(), path), text, { mode: 0o600 })
  }
  const mounts = () => readFile(join(set(), 'mounts'), 'utf8')
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ns-collect-'))
    await mkdir(work())
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('takes the folders and nothing beside them, readable by everyone', async () => {
    await put('node_modules/a/index.js')
    await put('packages/p/node_modules/b/index.js')
    await put('secret.txt')
    expect(await collectSet(work(), set(), 'node_modules')).toBe(true)
    expect(await mounts()).toBe('node_modules\npackages/p/node_modules\n')
    expect((await stat(join(set(), 'files/node_modules/a/index.js'))).mode & 0o777).toBe(0o644)
    await expect(stat(join(set(), 'files/secret.txt'))).rejects.toThrow('ENOENT')
    for (const name of ['.cache', '.vite', '.vite-temp'])
      expect((await stat(join(set(), 'files/node_modules', name))).isDirectory()).toBe(true)
  })

  it('puts itself in the place of the set that was there', async () => {
    await mkdir(join(set(), 'files/node_modules/old'), { recursive: true })
    await put('node_modules/a/index.js')
    await collectSet(work(), set(), 'node_modules')
    await expect(stat(join(set(), 'files/node_modules/old'))).rejects.toThrow('ENOENT')
  })

  it('lets no name write a line of the list', async () => {
    await put('a\n..\netc/node_modules/x')
    await put('node_modules/x')
    await collectSet(work(), set(), 'node_modules')
    expect(await mounts()).toBe('node_modules\n')
  })

  it('takes a link for no folder', async () => {
    await symlink('/etc', join(work(), 'node_modules'))
    expect(await collectSet(work(), set(), 'node_modules')).toBe(false)
    await expect(stat(set())).rejects.toThrow('ENOENT')
    await symlink(set(), join(work(), 'web'))
    await mkdir(set())
    expect(await collectSet(work(), set(), 'web/node_modules')).toBe(false)
    await expect(stat(join(set(), 'node_modules'))).rejects.toThrow('ENOENT')
    expect(await collectSet(work(), set(), '.venv')).toBe(false)
  })
})
