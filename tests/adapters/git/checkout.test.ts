import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openCheckout } from '../../../lib/adapters/index.ts'
import { treeWith } from '../../../lib/domain/gitTree.ts'
import type { SandboxFile } from '../../../lib/domain/sandbox.ts'
import type { LocalCheckout } from '../../../lib/world/local.ts'

/** Somebody's checkout, opened as it stands or at one commit: everything that is read of it is of one tree. */

const BRANCH = 'agent/fix-0123456789ab'

let work: string
let root: string
const opened: LocalCheckout[] = []
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'ns-checkout-'))
  root = join(work, 'shop')
  await mkdir(root)
  git('init', '-q', '-b', 'main')
})
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
  await rm(work, { recursive: true, force: true })
})

const git = (...argv: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', ...argv], {
    ...{ cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  }).trim()

async function write(path: string, text: string | Uint8Array) {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

/** A commit of these files on top of what is there; its id. */
async function commit(subject: string, files: Record<string, string>): Promise<string> {
  for (const [path, text] of Object.entries(files)) await write(path, text)
  git('add', '-A')
  git('commit', '-q', '-m', subject)
  return git('rev-parse', 'HEAD')
}

async function open(options?: Parameters<typeof openCheckout>[1]): Promise<LocalCheckout> {
  const checkout = await openCheckout(root, options)
  opened.push(checkout)
  return checkout
}

const textIn = (files: SandboxFile[], path: string): string | undefined => {
  const found = files.find((file) => file.path === path)
  return found && Buffer.from(found.bytes).toString()
}

test('a commit is opened whole: files, listing, history and the parent of a branch are all its own', async () => {
  const first = await commit('First', { 'a.js': '1\n' })
  const bad = await commit('Bad', { 'a.js': '2\n' })
  await commit('Right again, and more', { 'a.js': '3\n', 'b.js': 'new\n' })
  await write('a.js', 'by hand\n')
  const at = await open({ at: bad.slice(0, 10) })
  expect(at.files.map(({ path }) => path)).toEqual(['a.js'])
  expect([textIn(at.files, 'a.js'), at.dirty, at.history.head]).toEqual(['2\n', [], bad])
  expect(treeWith(at.entries, [])).toBe(git('rev-parse', `${bad}^{tree}`))
  expect((await at.history.blame('a.js', 1))?.sha).toBe(bad)
  expect((await at.history.since(first)).map(({ sha }) => sha)).toEqual([bad])
  expect((await at.history.log(null, 5)).map(({ sha }) => sha)).toEqual([bad, first])
  const made = await at.commitTo(BRANCH, [{ path: 'a.js', text: '1\n' }], 'Fix')
  expect(git('rev-parse', `${made}^`)).toBe(bad)
  await expect(openCheckout(root, { at: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a line of a file that is not as it was committed is nobody’s', async () => {
  const sha = await commit('First', { 'a.js': '1\n2\n', 'b.js': '1\n' })
  await write('a.js', 'mine\n1\n2\n')
  const { history, dirty } = await open()
  expect(dirty).toEqual(['a.js'])
  expect(await history.blame('a.js', 1)).toBeNull()
  expect((await history.blame('b.js', 1))?.sha).toBe(sha)
})

test('files nobody committed, ones that changed and ones that are gone differ from the commit; ignored ones do not', async () => {
  await commit('First', { 'a.js': '1\n', 'b.js': '1\n', 'c.js': '1\n', '.gitignore': 'dist\n' })
  expect((await open()).dirty).toEqual([])
  await write('a.js', '2\n')
  await rm(join(root, 'b.js'))
  await write('new.js', '')
  await write('dist/x.js', '')
  expect((await open()).dirty.sort()).toEqual(['a.js', 'b.js', 'new.js'])
})

test('what is left out is not read, unless it was committed', async () => {
  await commit('First', { 'out/kept.txt': '1\n', 'a.js': '1\n' })
  await write('out/result.json', '{}')
  const { files, dirty } = await open({ leaveOut: (path) => path.startsWith('out/') })
  expect(files.map(({ path }) => path)).toEqual(['a.js', 'out/kept.txt'])
  expect(dirty).toEqual([])
})

test('a link in the place of a folder leads nowhere', async () => {
  await commit('First', { 'conf/id': 'ours\n', 'deep/conf/id': 'ours\n', 'a.js': '1\n' })
  await mkdir(join(work, 'out/conf'), { recursive: true })
  for (const path of ['out/id', 'out/conf/id']) await writeFile(join(work, path), 'secret\n')
  await rm(join(root, 'conf'), { recursive: true })
  await rm(join(root, 'deep'), { recursive: true })
  await symlink(join(work, 'out'), join(root, 'conf'))
  await symlink(join(work, 'out'), join(root, 'deep'))
  const { files, dirty } = await open()
  expect(files.map(({ path }) => path)).toEqual(['a.js'])
  expect(dirty).toContain('conf/id')
})

test('a commit that names a file above its root is read without it', async () => {
  await commit('First', { 'a.js': '1\n' })
  const blob = git('rev-parse', 'HEAD:a.js')
  const mktree = (row: string) =>
    execFileSync('git', ['hash-object', '-t', 'tree', '-w', '--stdin', '--literally'], {
      ...{ cwd: root, input: Buffer.concat([Buffer.from(`${row}\0`), Buffer.from(blob, 'hex')]), encoding: 'utf8' },
    }).trim()
  const inner = mktree('100644 id')
  const tree = execFileSync('git', ['hash-object', '-t', 'tree', '-w', '--stdin', '--literally'], {
    ...{ cwd: root, input: Buffer.concat([Buffer.from('40000 ..\0'), Buffer.from(inner, 'hex')]), encoding: 'utf8' },
  }).trim()
  const sha = git('commit-tree', '-m', 'Above', tree)
  expect((await open({ at: sha })).files).toEqual([])
  await writeFile(join(work, 'id'), 'secret\n')
  git('update-ref', 'refs/heads/main', sha)
  expect((await open()).files.map(({ path }) => path)).not.toContain('../id')
})

test('the same branch again is the same commit; one that holds something else is refused', async () => {
  const head = await commit('First', { 'a.js': '1\n' })
  const { commitTo } = await open()
  const made = await commitTo(BRANCH, [{ path: 'a.js', text: '2\n' }], 'Fix')
  expect(await commitTo(BRANCH, [{ path: 'a.js', text: '2\n' }], 'Fix, said otherwise')).toBe(made)
  await expect(commitTo(BRANCH, [{ path: 'a.js', text: '3\n' }], 'Fix')).rejects.toThrow('already')
  await commit('Second', { 'b.js': '1\n' })
  const { commitTo: later } = await open()
  await expect(later(BRANCH, [{ path: 'a.js', text: '2\n' }], 'Fix')).rejects.toThrow('already')
  expect(git('rev-parse', BRANCH, `${BRANCH}^`)).toBe(`${made}\n${head}`)
})

test('a commit of more than git says at once is read', async () => {
  for (let at = 0; at < 15; at++) await write(`${at}.bin`, randomBytes(4.8 * 1024 ** 2))
  const sha = await commit('Large', { 'a.js': '1\n' })
  const { history } = await open()
  expect(await history.files(sha)).toHaveLength(16)
})
