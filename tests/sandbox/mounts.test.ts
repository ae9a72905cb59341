import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CACHES } from '../../lib/adapters/sandbox/adopt/folders.ts'
import { besides, findSet, fitting, setMounts, writeManifest } from '../../lib/adapters/sandbox/mounts.ts'
import { file } from './lab.ts'

const KEY = 'a'.repeat(64)
let cache: string
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'ns-sandbox-sets-'))
  await mkdir(join(cache, KEY, 'node_modules'), { recursive: true })
})
afterEach(() => rm(cache, { recursive: true, force: true }))

describe('a dependency set', () => {
  it('without a manifest is one folder', async () => {
    const folder = join(cache, KEY, 'node_modules')
    expect(await setMounts(cache, KEY)).toEqual([{ at: 'node_modules', folder, caches: CACHES }])
  })

  it('says which folder goes where', async () => {
    const mounts = [{ at: 'packages/a/node_modules', caches: [] }]
    await writeManifest(join(cache, KEY), { mounts, notes: ['b is left out'] })
    const folder = join(cache, KEY, 'packages/a/node_modules')
    const expected = { mounts: [{ ...mounts[0], folder }], notes: ['b is left out'] }
    expect(await findSet(cache, KEY)).toEqual(expected)
  })

  it.each(['', '../..', 'a/../../b', '/etc'])('never puts a folder at %j', async (at) => {
    await writeManifest(join(cache, KEY), { mounts: [{ at, caches: [] }], notes: [] })
    await expect(setMounts(cache, KEY)).rejects.toMatchObject({ code: 'HARNESS_FAILED' })
  })

  it('that is not there is refused; none is none', async () => {
    for (const key of ['b'.repeat(64), '..', KEY.slice(1)])
      await expect(setMounts(cache, key)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await writeFile(join(cache, 'c'.repeat(64)), '')
    expect(await findSet(cache, 'c'.repeat(64))).toBeNull()
    for (const key of [null, undefined, '']) expect(await setMounts(cache, key)).toEqual([])
  })
})

describe('in a run', () => {
  const mount = (at: string) => ({ at, folder: '/d', caches: [] })

  it('a nested folder is shown beside files alone', () => {
    const mounts = ['node_modules', 'packages/a/node_modules', 'packages/b/node_modules'].map(mount)
    const files = [{ path: 'packages/a/index.ts' }, { path: 'packages/b' }]
    expect(fitting(mounts, files).map(({ at }) => at)).toEqual(['node_modules', 'packages/a/node_modules'])
  })

  it('a folder stands in for files of the same place', () => {
    const files = ['node_modules', 'node_modules/a.js', 'node_modules.txt', 'x/node_modules/a.js'].map((path) =>
      file(path, ''),
    )
    expect(besides(files, [mount('node_modules')]).map(({ path }) => path)).toEqual([
      'node_modules.txt',
      'x/node_modules/a.js',
    ])
  })
})
