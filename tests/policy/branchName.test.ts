import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { isBranchName } from '../../lib/domain/branchName.ts'

const GOOD = ['main', 'release/2026', 'feature/a.b', 'ünïcode', 'a@b', 'x-1_2', "it's"]
const BAD = [
  ...[
    '',
    '-x',
    '--mirror',
    '/a',
    'a/',
    'a//b',
    'a..b',
    'a b',
    'a\tb',
    'a\nb',
    'a~1',
    'a^',
    'a:b',
    'a?',
    '*',
    'a[b',
    'a\\b',
  ],
  ...['@{u}', 'a@{1}', '.a', 'a/.b', 'a.', 'a.lock', 'a.lock/b', '@', 'HEAD', 'a\u007f', 'a'.repeat(201)],
]

test.each(GOOD)('%j is one', (name) => {
  expect(isBranchName(name)).toBe(true)
})

test.each(BAD)('%j is none', (name) => {
  expect(isBranchName(name)).toBe(false)
})

test('git says the same of each, where it has a word on it', () => {
  const git = (name: string) => {
    try {
      execFileSync('git', ['check-ref-format', `refs/heads/${name}`], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }
  // A dash in front, HEAD, a lone @ and a long name are fine below refs/heads, and no branch of anybody's.
  const stricter = ['-x', '--mirror', '@', 'HEAD', 'a'.repeat(201)]
  for (const name of [...GOOD, ...BAD.filter((one) => !stricter.includes(one))])
    expect([name, git(name)]).toEqual([name, isBranchName(name)])
})
