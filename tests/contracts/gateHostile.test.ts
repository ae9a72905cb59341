import { afterAll, beforeAll, expect, it } from 'vitest'
import { gate, leftBehind, verdict } from './gateCommand.ts'
import { type Change, type Plumbed, plumbed } from './plumbing.ts'

let repository: Plumbed
let base: string
beforeAll(() => {
  repository = plumbed()
  base = repository.commit(null, [
    { path: 'src/server.ts', bytes: 'one\n' },
    { path: 'vercel.json', bytes: '{}\n' },
    { path: 'run.sh', mode: '100755', bytes: '#!/bin/sh\n' },
    { path: 'link', mode: '120000', bytes: 'src/server.ts' },
    { path: Buffer.from('docs/\xe9.md', 'latin1'), bytes: 'one\n' },
    { path: Buffer.from([0x73, 0xf0, 0x9f, 0x2e, 0x6d, 0x64]), bytes: 'two\n' },
  ])
  repository.git(['update-ref', 'refs/heads/main', base])
})
afterAll(() => repository.remove())

const head = (...changes: Change[]) => repository.commit(base, changes)
const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part as string)))
const gone = (path: string | Buffer): Change => ({ path, gone: true })

it.each<[string, () => Change[], string]>([
  ['an edited name that is not UTF-8', () => [{ path: bytes('docs/', [0xe9], '.md'), bytes: 'x' }], 'path'],
  [
    'a move between two names that both decode alike',
    () => [gone(bytes('docs/', [0xe9], '.md')), { path: bytes('docs/', [0xea], '.md'), bytes: 'one\n' }],
    'path',
  ],
  [
    'a move from broken bytes to the sign they decode to',
    () => [gone(bytes('s', [0xf0, 0x9f], '.md')), { path: 's\uFFFD.md', bytes: 'two\n' }],
    'path',
  ],
  [
    'a move from broken bytes to how we spell them',
    () => [gone(bytes('s', [0xf0, 0x9f], '.md')), { path: '\uFFFD73f09f2e6d64', bytes: 'two\n' }],
    'path',
  ],
  ['a surrogate in UTF-8', () => [{ path: bytes('docs/', [0xed, 0xa0, 0x80]), bytes: 'x' }], 'path'],
  ['an overlong slash', () => [{ path: bytes('docs', [0xc0, 0xaf], 'x'), bytes: 'x' }], 'path'],
  ['a newline', () => [{ path: 'docs/a\nb', bytes: 'x' }], 'path'],
  ['a tab', () => [{ path: 'docs/a\tb', bytes: 'x' }], 'path'],
  ['an escape', () => [{ path: 'docs/\u001b[2Jx', bytes: 'x' }], 'path'],
  ['quotes and a protected name', () => [{ path: 'a"b/.env', bytes: 'x' }], 'env'],
  ['a name with spaces', () => [{ path: '  /vercel.json', bytes: 'x' }], 'deploy'],
  ['a backslash', () => [{ path: 'docs\\..\\vercel.json', bytes: 'x' }], 'path'],
  ['full-width letters', () => [{ path: 'ｖｅｒｃｅｌ.json', bytes: 'x' }], 'deploy'],
  ['zero width', () => [{ path: 'vercel\u200b.json', bytes: 'x' }], 'deploy'],
  ['another case', () => [{ path: 'Src/server.ts', bytes: 'x' }], 'collision'],
  ['a link in place of a file', () => [{ path: 'src/server.ts', mode: '120000', bytes: '/etc' }], 'symlink'],
  ['a file in place of a link', () => [{ path: 'link', bytes: 'x' }], 'symlink'],
  ['a submodule', () => [{ path: 'sub', mode: '160000', oid: 'c'.repeat(40) }], 'submodule'],
  ['a mode', () => [{ path: 'src/server.ts', mode: '100755', bytes: 'one\n' }], 'mode'],
  ['a binary file', () => [{ path: 'src/a', bytes: bytes([0, 1]) }], 'binary'],
  ['a file over 2 MB', () => [{ path: 'src/a', bytes: 'x'.repeat(2 * 1024 * 1024 + 1) }], 'missing'],
  ['nothing', () => [], 'empty'],
])('refuses %s', async (_, changes, rule) => {
  const { status, rules } = await verdict(repository.path, base, head(...changes()))
  expect(status).toBe(3)
  expect(rules).toContain(rule)
})

it('writes out for the terminal what a name would do to it', async () => {
  const { out } = await gate(repository.path, base, head({ path: 'docs/\u001b]0;x\u0007\n\u202e.md', bytes: 'x' }))
  expect(out).not.toMatch(/[^\P{C}\n]/u)
  expect(out).toContain('docs/\\u{1b}]0;x\\u{7}\\u{a}\\u{202e}.md')
})

it('leaves nothing behind', () => {
  expect(leftBehind()).toEqual([])
})
