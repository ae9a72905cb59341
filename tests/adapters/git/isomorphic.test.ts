import { afterEach, beforeEach, expect, test } from 'vitest'
import { gitReader } from '../../../lib/adapters/code.git.ts'
import { isomorphicReader } from '../../../lib/adapters/code.isomorphic.ts'
import type { CodeReader } from '../../../lib/world.ts'
import { overHttpsWithoutGit } from '../../contracts/gitHosts.ts'

/** What the library reads is what the program reads, of a repository nobody made for us. */
let w: Awaited<ReturnType<typeof overHttpsWithoutGit>>
let program: CodeReader
beforeEach(async () => {
  w = await overHttpsWithoutGit()
  program = gitReader(w.home, w.project, w.far)
})
afterEach(() => w.close())

const blob = (text: string) => w.origin.feed(['hash-object', '-w', '--stdin'], text)
/** A commit of rows as `mktree` takes them, on a branch of its own. */
function committed(rows: string[], name = 'odd'): string {
  const tree = w.origin.feed(['mktree', '--missing'], `${rows.join('\n')}\n`)
  const sha = w.origin.git('commit-tree', tree, '-p', w.base, '-m', 'Odd')
  w.origin.git('update-ref', `refs/heads/${name}`, sha)
  return sha
}
const both = <T>(ask: (reader: CodeReader) => Promise<T>): Promise<T[]> =>
  Promise.all([w.reader, program].map((reader) => ask(reader)))

test('links, submodules, programs and names in other scripts are listed as they are', async () => {
  const inner = w.origin.feed(['mktree'], `100644 blob ${blob('in')}\tinner.txt\n`)
  const sha = committed([
    `120000 blob ${blob('src/app.ts')}\tlink`,
    `160000 commit ${'d'.repeat(40)}\tvendor`,
    `100755 blob ${blob('#!/bin/sh\n')}\trun.sh`,
    `100644 blob ${blob('ü')}\tünï – 🌒.txt`,
    `040000 tree ${inner}\ta-folder`,
    `100644 blob ${blob('')}\tempty`,
  ])
  const byPath = (files: Awaited<ReturnType<CodeReader['files']>>) =>
    files.toSorted((one, other) => (one.path < other.path ? -1 : 1))
  const [library, binary] = await both(async (reader) => byPath(await reader.files(sha)))
  expect(library).toEqual(binary)
  expect(library!.map(({ path, mode, size }) => [path, mode, size])).toEqual([
    ['a-folder/inner.txt', '100644', 2],
    ['empty', '100644', 0],
    ['link', '120000', 10],
    ['run.sh', '100755', 10],
    ['vendor', '160000', 0],
    ['ünï – 🌒.txt', '100644', 2],
  ])
})

test('a name that is not UTF-8 is refused by the library, which could take it for another, and spelt by the program', async () => {
  const sha = committed([`100644 blob ${blob('x')}\t"caf\\351"`])
  await expect(w.reader.files(sha)).rejects.toThrow('is not UTF-8')
  expect((await program.files(sha)).map(({ path }) => path)).toEqual(['\uFFFD636166e9'])
})

test.each([
  ['east of Greenwich', '+0530', '2023-11-15T03:43:20+05:30'],
  ['west of it', '-0330', '2023-11-14T18:43:20-03:30'],
  ['there', '+0000', '2023-11-14T22:13:20+00:00'],
])('a commit made %s is dated there, and its subject is its first paragraph', async (_, zone, at) => {
  const who = `Ada Lovelace <ada@example.com> 1700000000 ${zone}`
  const text = `tree ${(await w.reader.commit(w.base)).tree}\nparent ${w.base}\nauthor ${who}\ncommitter ${who}\n\n\nFirst\nline\n\nSecond\n`
  const sha = w.origin.feed(['hash-object', '-t', 'commit', '-w', '--stdin'], text)
  w.origin.git('update-ref', 'refs/heads/dated', sha)
  const [library, binary] = await both((reader) => reader.commit(sha))
  expect(library).toMatchObject({ at, subject: 'First line', parents: [w.base], author: 'Ada Lovelace' })
  expect({ ...library, at: Date.parse(library!.at) }).toEqual({ ...binary, at: Date.parse(binary!.at) })
})

test('what is not there is said, and no name stands for a commit', async () => {
  for (const none of ['d'.repeat(40), 'main', 'refs/heads/main', '', `${w.base}^{tree}`, '../x'])
    await expect(w.reader.commit(none)).rejects.toThrow('is not in the repository')
  await expect(w.reader.blob('d'.repeat(40))).rejects.toThrow('There is no blob dddddddddddd')
  const { tree } = await w.reader.commit(w.base)
  await expect(w.reader.blob(tree)).rejects.toThrow('There is no blob')
  expect(await w.reader.isAncestor('d'.repeat(40), w.base)).toBe(false)
  expect(await w.reader.isAncestor(w.base, 'd'.repeat(40))).toBe(false)
  for (const [path, line] of [
    ['src/app.ts', 0],
    ['src/app.ts', 99],
    ['gone.ts', 1],
    ['src', 1],
  ] as const)
    expect(await w.reader.blame(w.base, path, line)).toBeNull()
})

test('a line is followed through a merge, on the side it came from', async () => {
  const ours = w.origin.commit('staging', { 'src/app.ts': 'one\ntwo\n' }, 'Ours')
  const theirs = w.origin.commit('main', { 'other.ts': 'x\n' }, 'Theirs')
  const tree = (await w.actor.mergeTree(theirs, ours))!
  const merge = await w.actor.composeCommit({
    ...{ parents: [theirs, ours], tree },
    message: 'Merge\n',
    at: '2026-11-20T03:00:00Z',
  })
  expect((await w.actor.push('main', merge, theirs)) && (await w.reader.blame(merge, 'src/app.ts', 2))?.sha).toBe(ours)
  expect((await w.reader.blame(merge, 'other.ts', 1))?.sha).toBe(theirs)
})

test('histories that share nothing do not merge, and ones that crossed are a person’s', async () => {
  const { tree } = await w.reader.commit(w.base)
  const alone = w.origin.git('commit-tree', tree, '-m', 'Alone')
  w.origin.git('update-ref', 'refs/heads/alone', alone)
  await expect(w.actor.mergeTree(w.base, alone)).rejects.toThrow('share no history')
  const [a, b] = [w.origin.commit('main', { 'a.ts': 'a\n' }, 'A'), w.origin.commit('staging', { 'b.ts': 'b\n' }, 'B')]
  const crossed = ([one, other]: [string, string], n: number) => {
    const both_ = w.origin.git('commit-tree', tree, '-p', one, '-p', other, '-m', `Crossed ${n}`)
    w.origin.git('update-ref', `refs/heads/crossed-${n}`, both_)
    return both_
  }
  expect(await w.actor.mergeTree(crossed([a, b], 1), crossed([b, a], 2))).toBeNull()
})

test('a branch that is deleted there is gone here, and what was on it stays readable', async () => {
  const sha = w.origin.commit('short-lived', { 'x.ts': 'x\n' }, 'Short')
  expect(await w.reader.head('short-lived')).toBe(sha)
  expect(await w.reader.files(sha)).toHaveLength(1)
  w.origin.git('update-ref', '-d', 'refs/heads/short-lived')
  expect(await w.reader.head('short-lived')).toBeNull()
  expect((await w.reader.branches()).map(({ name }) => name).sort()).toEqual(['main', 'staging'])
  expect(await w.reader.files(sha)).toHaveLength(1)
})

test('a branch whose name begins like another’s is not taken for it', async () => {
  const other = w.origin.commit('main-2', { 'x.ts': 'x\n' }, 'Other')
  expect(await both((reader) => reader.head('main'))).toEqual([w.base, w.base])
  expect(await both((reader) => reader.head('main-2'))).toEqual([other, other])
  expect(await both((reader) => reader.head('mai'))).toEqual([null, null])
})

test('what is to go through a proxy is not led past it', async () => {
  const proxied = { ...w.far, proxy: 'http://127.0.0.1:9' }
  const reader = isomorphicReader(w.home, { ...w.project, slug: 'proxied' }, proxied)
  await expect(reader.head('main')).rejects.toMatchObject({ code: 'GIT_PROGRAM_MISSING' })
  expect(w.host.calls).toEqual([])
  // The program goes there, and finds nobody.
  const asked = gitReader(w.home, { ...w.project, slug: 'by-proxy' }, proxied).head('main')
  await expect(asked).rejects.toMatchObject({ code: 'GIT_UNREACHABLE' })
  expect(w.host.calls).toEqual([])
})
