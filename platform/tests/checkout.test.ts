import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkOut } from '../checkout.ts'
import { readCommands } from '../commands.ts'
import { git } from '../git.ts'
import { listTree, readBlobs, refusePath } from '../tree.ts'
import { makeRepository, type Repository } from './repository.ts'

let folder: string
let repository: Repository
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ns-platform-checkout-'))
  repository = makeRepository(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function copy(files: Record<string, string>, uid: number | null = null): Promise<string> {
  const into = join(folder, 'copy')
  await checkOut(repository.path, await listTree(repository.path, repository.commit(files)), into, uid)
  return into
}

test('writes files, modes and links as committed, byte for byte', async () => {
  const odd = 'a\r\n\0ü\n'
  const into = await copy({ 'src/deep/a.txt': odd, '100755 run.sh': '#!/bin/sh\n', '120000 link': 'src', empty: '' })
  expect(readFileSync(join(into, 'src/deep/a.txt'), 'utf8')).toBe(odd)
  expect(readFileSync(join(into, 'empty'), 'utf8')).toBe('')
  expect(statSync(join(into, 'run.sh')).mode & 0o777).toBe(0o755)
  expect(readlinkSync(join(into, 'link'))).toBe('src')
  expect(statSync(into).mode & 0o777).toBe(0o700)
})

test('a second copy starts from nothing', async () => {
  await copy({ 'old.txt': 'old' })
  const into = await copy({ 'new.txt': 'new' })
  expect([existsSync(join(into, 'old.txt')), existsSync(join(into, 'new.txt'))]).toEqual([false, true])
})

test.runIf(process.getuid?.() === 0)(
  'everything belongs to the given user, links too and not what they point to',
  async () => {
    const canary = join(folder, 'canary')
    writeFileSync(canary, '')
    const into = await copy({ 'a/b.txt': 'x', '120000 link': canary }, 61_234)
    for (const path of ['.', 'a', 'a/b.txt', 'link']) expect(lstatSync(join(into, path)).uid).toBe(61_234)
    expect(statSync(canary).uid).toBe(0)
  },
)

test('filters and hooks that a repository brings along do not run', async () => {
  const marker = join(folder, 'ran')
  const config = ['config', '--file', join(repository.path, 'config')]
  execFileSync('git', [...config, 'filter.evil.smudge', `touch ${marker}`])
  execFileSync('git', [...config, 'core.fsmonitor', `touch ${marker}`])
  writeFileSync(join(repository.path, 'hooks-marker'), '')
  const into = await copy({ '.gitattributes': '* filter=evil text eol=crlf export-ignore', 'a.txt': 'a\n' })
  expect(readFileSync(join(into, 'a.txt'), 'utf8')).toBe('a\n')
  expect(existsSync(marker)).toBe(false)
})

test.each(['../x', 'a/../../x', '/etc/x', 'a//b', './a', '.git/config', 'a/.GIT/hooks/post-checkout', ''])(
  'the path %j is never written',
  (path) => {
    expect(refusePath(path)).toContain('cannot be written')
  },
)

test('a tree with such a path is refused as a whole', async () => {
  const blob = (await git(repository.path, ['hash-object', '-w', '--stdin'], 'x')).toString().trim()
  const inner = (await git(repository.path, ['mktree'], `100644 blob ${blob}\tescaped\n`)).toString().trim()
  const raw = Buffer.concat([Buffer.from('40000 ..\0'), Buffer.from(inner, 'hex')])
  const file = join(folder, 'tree')
  writeFileSync(file, raw)
  const tree = (await git(repository.path, ['hash-object', '-w', '-t', 'tree', '--literally', file])).toString().trim()
  const who = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a' }
  const env = { PATH: '/usr/bin:/bin', ...who } as Record<string, string> as NodeJS.ProcessEnv
  const args = ['--git-dir', repository.path, 'commit-tree', tree, '-m', 'm']
  const sha = execFileSync('git', args, { env, encoding: 'utf8' }).trim()
  await expect(listTree(repository.path, sha)).rejects.toThrow('cannot be written')
})

test('reads blobs in order, and says when one is missing', async () => {
  const sha = repository.commit({ a: 'first\n', b: '' })
  const oids = (await listTree(repository.path, sha)).map((file) => file.oid)
  expect((await readBlobs(repository.path, oids.reverse())).map(String)).toEqual(['', 'first\n'])
  await expect(readBlobs(repository.path, ['f'.repeat(40)])).rejects.toThrow('no blob')
})

test('an answer of git over the limit is refused', async () => {
  const oid = (await git(repository.path, ['hash-object', '-w', '--stdin'], 'x'.repeat(1000))).toString().trim()
  expect(await git(repository.path, ['cat-file', 'blob', oid], '', 1000)).toHaveLength(1000)
  await expect(git(repository.path, ['cat-file', 'blob', oid], '', 999)).rejects.toThrow('larger than')
})

test('commands come from the commit, with the defaults of the manifest', async () => {
  const files = await listTree(
    repository.path,
    repository.commit({ 'nightshift.json': '{"start":"node a","extra":1}' }),
  )
  expect(await readCommands(repository.path, files)).toEqual({
    install: 'npm ci',
    build: null,
    prepare: null,
    start: 'node a',
    health: '/healthz',
  })
  const linked = await listTree(repository.path, repository.commit({ '120000 nightshift.json': '/etc/passwd' }))
  await expect(readCommands(repository.path, linked)).rejects.toThrow('no nightshift.json')
})
