import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { gate, gateFrom, verdict } from './gateCommand.ts'
import { type Plumbed, plumbed } from './plumbing.ts'

let origin: Plumbed
let base: string
let head: string
const run = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, stdio: 'pipe', timeout: 20_000 })
const at = (name: string) => join(origin.folder, name)

beforeAll(() => {
  origin = plumbed()
  base = origin.commit(null, [{ path: 'src/server.ts', bytes: 'one\n' }])
  head = origin.commit(base, [{ path: 'src/server.ts', bytes: 'two\n' }])
  origin.git(['update-ref', 'refs/heads/main', base])
  origin.git(['update-ref', 'refs/heads/agent/fix-1', head])
  origin.git(['tag', 'light', head])
  origin.git(['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'tag', '-a', '-m', 'x', 'annotated', head])
  run(origin.folder, 'clone', '--quiet', origin.path, at('clone'))
  run(at('clone'), 'worktree', 'add', '--quiet', '--detach', at('worktree'), head)
  run(origin.folder, 'clone', '--quiet', '--shared', origin.path, at('shared'))
  run(origin.folder, 'clone', '--quiet', '--reference', at('shared'), origin.path, at('referred'))
  run(origin.folder, 'clone', '--quiet', '--bare', '--depth', '1', `file://${origin.path}`, at('shallow'))
  run(at('shallow'), 'fetch', '--quiet', '--depth', '1', `file://${origin.path}`, 'agent/fix-1:fix')
  run(origin.folder, 'init', '--quiet', '--separate-git-dir', at('elsewhere.git'), at('apart'))
  run(at('apart'), 'fetch', '--quiet', origin.path, 'agent/fix-1:fix')
  run(origin.folder, 'clone', '--quiet', '--bare', origin.path, at('odd "\\ name'))
  run(at('odd "\\ name'), 'gc', '--quiet')
})
afterAll(() => origin.remove())

it.each<[string, string, string, string]>([
  ['a bare one, by branch', 'origin.git', 'main', 'agent/fix-1'],
  ['by tag', 'origin.git', 'main', 'light'],
  ['by annotated tag', 'origin.git', 'main', 'annotated'],
  ['by full ref', 'origin.git', 'refs/heads/main', 'refs/tags/annotated'],
  ['a clone, by remote branch', 'clone', 'HEAD', 'origin/agent/fix-1'],
  ['the settings of a clone', 'clone/.git', 'HEAD', 'origin/agent/fix-1'],
  ['a worktree, whose HEAD is its own', 'worktree', 'main', 'HEAD'],
  ['a repository kept elsewhere', 'apart', 'fix~1', 'fix'],
  ['one that borrows objects', 'shared', 'main', 'origin/agent/fix-1'],
  ['one that borrows from a borrower', 'referred', 'main', 'origin/agent/fix-1'],
  ['a shallow one', 'shallow', 'main', 'fix'],
  ['packed, with an odd name', 'odd "\\ name', 'main', 'light'],
])('reads %s', async (_, path, from, to) => {
  const answer = await verdict(at(path), from, to)
  expect(answer).toMatchObject({ status: 0, base, head, files: 1, lines: 2 })
})

it.each(['.', '../worktree', './'])('takes %s as the person in that folder means it', async (path) => {
  const { status, out } = await gateFrom(at('worktree'), path, 'main', 'HEAD')
  expect(status).toBe(0)
  expect(out).toContain(`${base.slice(0, 12)} to ${head.slice(0, 12)}`)
})

it('takes short shas', async () => {
  expect(await verdict(origin.path, base.slice(0, 10), head.slice(0, 10))).toMatchObject({ status: 0, base, head })
})

it('reads SHA-256', async () => {
  const other = plumbed('sha256')
  const from = other.commit(null, [{ path: 'src/server.ts', bytes: 'one\n' }])
  const to = other.commit(from, [{ path: 'src/server.ts', bytes: 'two\n' }])
  expect(await verdict(other.path, from, to)).toMatchObject({ status: 0, base: from, head: to, files: 1 })
  other.remove()
})

it('a tag of a file or a folder is no commit', async () => {
  origin.git(['tag', 'blob', `${head}:src/server.ts`])
  origin.git(['tag', 'tree', `${head}^{tree}`])
  for (const name of ['blob', 'tree']) expect((await gate(origin.path, 'main', name)).status).toBe(1)
})

it('what is missing is an error or refused, never passed over', async () => {
  const missing = origin.git(['rev-parse', `${head}:src/server.ts`])
  run(origin.folder, 'init', '--bare', '--quiet', at('poor'))
  for (const oid of [base, head, `${base}^{tree}`, `${head}^{tree}`, `${base}:src`, `${head}:src`]) {
    const type = origin.git(['cat-file', '-t', oid])
    const bytes = execFileSync('git', ['--git-dir', origin.path, 'cat-file', type, oid])
    execFileSync('git', ['--git-dir', at('poor'), 'hash-object', '-w', '-t', type, '--stdin'], { input: bytes })
  }
  expect(existsSync(join(at('poor/objects'), missing.slice(0, 2), missing.slice(2)))).toBe(false)
  expect((await verdict(at('poor'), base, head)).rules).toEqual(['missing', 'missing'])
  writeFileSync(join(at('poor/objects/info'), 'alternates'), `${origin.path}/objects\n`)
  expect((await verdict(at('poor'), base, head)).status).toBe(0)
})
