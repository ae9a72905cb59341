import { expect, test } from 'vitest'
import { githubTree } from '../../lib/parse/githubTree.ts'
import { treeGate } from '../../lib/policy/treeGate.ts'
import { EDITED, fixture, GUARD, HONEST, HOSTILE } from '../policy/cases.ts'
import {
  BASE,
  blobsOf,
  type Edits,
  edited,
  FIXTURE,
  gate,
  listing,
  manifest,
  rulesOf,
  type Tree,
} from '../policy/trees.ts'

const SHA = 'c'.repeat(40)
const TYPES: Record<string, string> = { '160000': 'commit', '040000': 'tree' }
const entry = (path: string, mode: string, sha: string, size?: number) => ({
  ...{ path, mode, type: TYPES[mode] ?? 'blob', sha, url: `https://api.github.com/repos/o/r/git/x/${sha}` },
  ...(size === undefined ? {} : { size }),
})

/** A listing as GitHub gives it: each folder before what it holds, through JSON and back. */
function given(tree: Tree, truncated = false): unknown {
  const folders = new Set<string>()
  const rows = listing(tree).flatMap(({ path, mode, oid, size }) => {
    const above = path.split('/').map((_, i, all) => all.slice(0, i).join('/'))
    const fresh = above.filter((folder) => folder !== '' && folders.size < folders.add(folder).size)
    const sized = mode === '160000' || mode === '040000' ? undefined : size
    return [...fresh.map((folder) => entry(folder, '040000', SHA)), entry(path, mode, oid, sized)]
  })
  return JSON.parse(JSON.stringify({ sha: SHA, url: 'https://api.github.com/x', tree: rows, truncated }))
}

/** The gate's answer where both listings come from GitHub; one that cannot be read is refused. */
function throughGithub(edits: Edits, base: Tree = BASE, truncated = false) {
  const head = edited(base, edits)
  const [was, is] = [githubTree(given(base)), githubTree(given(head, truncated))]
  if (!was.ok) throw new Error(was.why)
  if (!is.ok) return { answer: 'refused', findings: [], why: is.why }
  const options = { blobs: blobsOf(base, head), manifest, protect: [], fixtureAllowed: FIXTURE }
  return treeGate(was.entries, is.entries, { ...options, truncated: was.truncated || is.truncated })
}

/** What GitHub's answer cannot say, or git's trees cannot hold: refused before it is judged. */
const UNSAID = ['not UTF-8', 'lone surrogate', 'odd mode']

test.each(HOSTILE.filter(([name]) => name !== 'a folder listed as an entry'))('hostile: %s', (name, edits) => {
  const answer = throughGithub(edits)
  if (UNSAID.includes(name)) expect(answer).toMatchObject({ answer: 'refused', why: expect.any(String) })
  else expect(answer).toEqual(gate(edits))
})

test('a folder without files is no change', () => {
  expect(throughGithub({ 'docs/x': { mode: '040000', bytes: '' } })).toMatchObject({ answer: 'refused' })
})

test.each(EDITED)('honest: %s', (path) => {
  const base = { ...BASE, [path]: 'one\ntwo\nthree\n' }
  expect(throughGithub({ [path]: GUARD, ...fixture }, base)).toEqual(gate({ [path]: GUARD, ...fixture }, {}, base))
})

test.each(HONEST)('honest: %s', (_, edits) => {
  expect(throughGithub(edits)).toMatchObject({ answer: 'pass', findings: [] })
})

test('a truncated listing is refused', () => {
  const answer = throughGithub({ 'src/server.ts': 'x\n' }, BASE, true)
  expect(answer).toMatchObject({ answer: 'refused', findings: [{ rule: 'truncated' }] })
})

test('a path listed twice reaches the gate twice', () => {
  const twice = given(BASE) as { tree: unknown[] }
  const read = githubTree({ ...twice, tree: [...twice.tree, entry('src/server.ts', '100644', SHA, 1)] })
  if (!read.ok) throw new Error(read.why)
  const options = { blobs: new Map(), manifest, protect: [], fixtureAllowed: FIXTURE }
  expect(rulesOf(treeGate(listing(BASE), read.entries, options))).toContain('repeated')
})

const good = entry('a', '100644', SHA, 1)
const answer = { sha: SHA, tree: [good], truncated: false }

test('SHA-256 ids and an empty tree are read', () => {
  const long = 'd'.repeat(64)
  expect(githubTree({ sha: long, tree: [{ ...good, sha: long }], truncated: false })).toMatchObject({ ok: true })
  expect(githubTree({ ...answer, tree: [] })).toEqual({ ok: true, entries: [], truncated: false })
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a list', [answer]],
  ['an error of GitHub’s', { message: 'Not Found', documentation_url: 'x', status: '404' }],
  ['no sha', { ...answer, sha: undefined }],
  ['a short sha', { ...answer, sha: 'abc' }],
  ['an upper-case sha', { ...answer, sha: SHA.toUpperCase() }],
  ['no tree', { ...answer, tree: undefined }],
  ['a tree that is no list', { ...answer, tree: { 0: good } }],
  ['no truncated', { ...answer, truncated: undefined }],
  ['truncated in words', { ...answer, truncated: 'false' }],
  ...(
    [
      ['null', null],
      ['a list', []],
      ['no path', { ...good, path: undefined }],
      ['an empty path', { ...good, path: '' }],
      ['a path that is a number', { ...good, path: 1 }],
      ['a replaced character', { ...good, path: 'a\uFFFD' }],
      ['half a surrogate', { ...good, path: 'a\uD800' }],
      ['no mode', { ...good, mode: undefined }],
      ['a mode that is a number', { ...good, mode: 100644 }],
      ['an old mode', { ...good, mode: '100664' }],
      ['a folder’s mode on a file', { ...good, mode: '040000' }],
      ['a submodule’s mode on a file', { ...good, mode: '160000' }],
      ['no type', { ...good, type: undefined }],
      ['another type', { ...good, type: 'tag' }],
      ['a type every object has', { ...good, type: 'constructor' }],
      ['a file called a folder', { ...good, type: 'tree' }],
      ['no sha', { ...good, sha: undefined }],
      ['a sha with a line end', { ...good, sha: `${SHA}\n` }],
      ['no size', { ...good, size: undefined }],
      ['a size below nothing', { ...good, size: -1 }],
      ['half a byte', { ...good, size: 0.5 }],
      ['a size in words', { ...good, size: '1' }],
    ] as [string, unknown][]
  ).map(([name, row]): [string, unknown] => [`an entry: ${name}`, { ...answer, tree: [good, row] }]),
])('refused: %s', (_, wrong) => {
  expect(githubTree(wrong)).toMatchObject({ ok: false, why: expect.stringMatching(/\.$/) })
})
