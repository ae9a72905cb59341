import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commitAnchors } from '../../../lib/adapters/git/trailers.ts'
import { bareRepository, type Repository } from '../../contracts/repository.ts'

let origin: Repository
let base: string
beforeEach(() => {
  origin = bareRepository()
  base = origin.commit('main', { 'a.txt': 'a' }, 'First')
})
afterEach(() => origin.remove())

const hash = (digit: string) => digit.repeat(64)
const at = (seq: number, digit: string) => `Nightshift-Audit: ${seq} ${hash(digit)}`
const BOT = { name: 'nightshift[bot]', mail: '4711+nightshift[bot]@users.noreply.github.com' }
const GITHUB = { name: 'GitHub', mail: 'noreply@github.com' }
const OWN = { name: 'Nightshift', mail: 'nightshift@localhost' }
const ADA = { name: 'Ada', mail: 'ada@example.com' }

/** A commit by these two, on a branch of its own. */
function commit(author: typeof BOT, committer: typeof BOT, message: string): string {
  const env = {
    ...{ PATH: process.env.PATH, GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.mail },
    ...{ GIT_COMMITTER_NAME: committer.name, GIT_COMMITTER_EMAIL: committer.mail },
  } as NodeJS.ProcessEnv
  const args = ['--git-dir', origin.path, 'commit-tree', '-p', base, '-F', '-', `${base}^{tree}`]
  const sha = execFileSync('git', args, { env, input: message }).toString().trim()
  origin.git('update-ref', `refs/heads/b-${sha}`, sha)
  return sha
}

const found = async () => (await commitAnchors(origin.path)).map(({ seq, hash: [first] }) => [seq, first])

test.each<[string, typeof BOT, typeof BOT, string, [number, string][]]>([
  ['our own', OWN, OWN, `Guard\n\n${at(3, 'a')}\n`, [[3, 'a']]],
  ['an App’s, made on GitHub', BOT, GITHUB, `Merge it\n\nNightshift-Fix: x\n${at(4, 'b')}\n`, [[4, 'b']]],
  [
    'squashed there, with words after ours',
    BOT,
    GITHUB,
    `Fix (#3)\n\n* Fix\n\nNightshift-Fix: x\n${at(5, 'c')}\n\nCo-authored-by: Ada <ada@example.com>\n`,
    [[5, 'c']],
  ],
  [
    'squashed from two of ours',
    BOT,
    GITHUB,
    `Fix (#3)\n\n* One\n\n${at(5, 'c')}\n\n* Two\n\n${at(6, 'd')}\n`,
    [
      [5, 'c'],
      [6, 'd'],
    ],
  ],
  [
    'squashed from our request’s body, marker included',
    BOT,
    GITHUB,
    `Fix\r\n\r\n${at(7, 'e')}\r\n\r\n<!-- n -->`,
    [[7, 'e']],
  ],
  ['a quotation in what we wrote', BOT, GITHUB, `Fix\n\n| ${at(8, 'f')}\n`, []],
  ['a person’s', ADA, ADA, `Copied\n\n${at(9, '0')}\n`, []],
  ['a person’s, made on GitHub', ADA, GITHUB, `Copied\n\n${at(9, '0')}\n`, []],
  ['an App’s by name alone', { ...ADA, name: 'nightshift[bot]' }, GITHUB, `Copied\n\n${at(9, '0')}\n`, []],
  [
    'an App’s with another one’s address',
    { name: 'nightshift[bot]', mail: '1+other[bot]@users.noreply.github.com' },
    GITHUB,
    `Copied\n\n${at(9, '0')}\n`,
    [],
  ],
  [
    'an App’s that merges what others wrote',
    { name: 'dependabot[bot]', mail: '49699333+dependabot[bot]@users.noreply.github.com' },
    GITHUB,
    `Copied\n\n${at(9, '0')}\n`,
    [],
  ],
  ['no position', BOT, GITHUB, `Fix\n\nNightshift-Audit: 9 ${'g'.repeat(64)}\n`, []],
])('%s', async (_, author, committer, message, expected) => {
  commit(author, committer, message)
  expect(await found()).toEqual(expected)
})

test('of many, each says which commit it is in', async () => {
  const one = commit(OWN, OWN, `One\n\n${at(1, 'a')}\n`)
  const two = commit(BOT, GITHUB, `Two\n\n${at(2, 'b')}\n`)
  commit(ADA, ADA, 'Nothing\n')
  const all = await commitAnchors(origin.path)
  expect(all.map(({ where }) => where).sort()).toEqual([one, two].map((sha) => `commit ${sha.slice(0, 12)}`).sort())
})
