import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { segments, writeTree } from '../../lib/adapters/sandbox/files.ts'
import { isPlainWay, leftFile } from '../../lib/adapters/sandbox/seal.ts'
import { file } from './lab.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ns-sandbox-files-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const mode = async (path: string) => ((await stat(join(folder, path))).mode & 0o777).toString(8)

describe('a tree written for a run', () => {
  it('holds the bytes as they are', async () => {
    const bytes = Buffer.from([0, 255, 10, 13])
    await writeTree(folder, [{ path: 'deep/er/data.bin', bytes }, file('ünïcode ‮.txt', 'x')])
    expect(await readFile(join(folder, 'deep/er/data.bin'))).toEqual(bytes)
    expect(await readFile(join(folder, 'ünïcode ‮.txt'), 'utf8')).toBe('x')
  })

  it('is readable by another uid whatever our umask is', async () => {
    await promisedUmask(0o077, () => writeTree(folder, [file('a/data', 'x'), file('a/run', 'x', true)]))
    expect([await mode('a'), await mode('a/data'), await mode('a/run')]).toEqual(['755', '644', '755'])
  })

  it('is not written through a link that was there before', async () => {
    const outside = join(folder, 'outside')
    await symlink(outside, join(folder, 'link'))
    await expect(writeTree(folder, [file('link', 'x')])).rejects.toThrow('twice')
    await expect(readFile(outside)).rejects.toThrow('ENOENT')
  })

  it('has each path once', async () => {
    await expect(writeTree(folder, [file('a', '1'), file('a', '2')])).rejects.toThrow('twice')
    await expect(writeTree(folder, [file('b', '1'), file('b/c', '2')])).rejects.toThrow('twice')
  })
})

describe('a path', () => {
  it.each(['..', '../x', 'a/../b', '/x', 'a/', 'a//b', '.', './a', '', 'a\0'])('%j is refused', (path) => {
    expect(() => segments(path)).toThrow('leaves the workspace')
  })
  it.each(['a', 'a/b', '.env', '..a', 'a b', '...', '[id]/page.tsx', '-rf'])('%j is plain', (path) => {
    expect(segments(path)).toEqual(path.split('/'))
  })
})

async function promisedUmask(mask: number, action: () => Promise<void>): Promise<void> {
  if (!canSetUmask()) return action()
  const before = process.umask(mask)
  await action().finally(() => process.umask(before))
}

/** Worker threads may not change it; there the file modes are tried under the umask that is. */
function canSetUmask(): boolean {
  try {
    process.umask(process.umask(0o022))
    return true
  } catch {
    return false
  }
}

describe('a file that a guest left', () => {
  it('is read where it is one, through no link, and up to a size', async () => {
    await mkdir(join(folder, 'web'))
    await writeFile(join(folder, 'web/pins'), 'text')
    await writeFile(join(folder, 'secret'), 'text')
    await mkdir(join(folder, 'work'))
    await symlink('../web', join(folder, 'work/web'))
    await symlink('../secret', join(folder, 'work/pins'))
    const left = async (root: string, path: string, largest = 4) =>
      (await leftFile(join(folder, root), path, largest))?.toString() ?? null
    expect(await left('', 'web/pins')).toBe('text')
    expect(await left('', 'web/pins', 3)).toBeNull()
    expect(await left('', 'web')).toBeNull()
    expect(await left('', 'none/pins')).toBeNull()
    expect(await left('work', 'pins')).toBeNull()
    expect(await left('work', 'web/pins')).toBeNull()
    expect(await isPlainWay(join(folder, 'work'), 'web/node_modules')).toBe(false)
  })
})
