import { expect, test } from 'vitest'
import { changesOf, repeated } from '../../lib/policy/changes.ts'
import { collisionsOf } from '../../lib/policy/collisions.ts'
import { namedFiles } from '../../lib/policy/named.ts'
import { foldPath, malformed, printable } from '../../lib/policy/paths.ts'
import { listing, manifest } from './trees.ts'

test.each([
  ['Src/A.TS', 'src/a.ts'],
  ['ｓｒｃ/a', 'src/a'],
  ['a／b', 'a/b'],
  ['a\\b', 'a/b'],
  ['a. ./b ', 'a/b'],
  ['stra\u00DFe', 'strasse'],
  ['ﬁle', 'file'],
  ['a\u200D\uFEFF\u00ADb', 'ab'],
  ['a\u0335b', 'ab'],
  ['name:stream', 'name'],
  ['e\u0301', 'é'],
  ['İ', 'i'],
])('%j folds to %s', (path, folded) => {
  expect(foldPath(path).segments.join('/')).toBe(folded)
})

test('an honest name in any script is well formed', () => {
  for (const path of [
    'src/環境.ts',
    'docs/Übersicht.md',
    'app/(a)/[...b]/@c/page.tsx',
    'a b/c+d=e.txt',
    "it's.md",
    '-rf',
  ])
    expect(malformed(path)).toBeNull()
})

test.each([
  ['a name of 1024', 'a'.repeat(1024), null],
  ['a name of 1025', 'a'.repeat(1025), 'too long'],
  ['64 deep', `${'a/'.repeat(63)}a`, null],
  ['65 deep', `${'a/'.repeat(64)}a`, 'too deep'],
  ['a backslash', 'src\\a.ts', 'as another one'],
  ['a stream', 'src/a.ts:b', 'as another one'],
  ['a short name', 'SRC~1/a.ts', 'short name'],
  ['a back-up', 'src/a.ts~', null],
  ['a line separator', 'src/a\u2028.ts', 'invisible'],
])('%s', (_, path, why) => {
  if (why === null) expect(malformed(path)).toBeNull()
  else expect(malformed(path)).toContain(why)
})

test('only what cannot be seen is written out', () => {
  expect(printable('src/Übersicht [1].ts')).toBe('src/Übersicht [1].ts')
  expect(printable('a\u0000\u200B\n')).toBe('a\\u{0}\\u{200b}\\u{a}')
})

test('files that nightshift.json names', () => {
  const named = namedFiles(manifest)
  for (const path of ['tools/seed.sh', 'db/prepare.ts', 'tests/nightshift.test.ts']) expect(named).toContain(path)
  for (const path of ['src/server.ts', 'src/instrument.ts', '--fresh']) expect(named).not.toContain(path)
  // Whatever runs before the tests decides what is tested.
  for (const key of ['install', 'setup', 'build', 'prepare'] as const)
    expect(namedFiles({ ...manifest, [key]: 'sh made/ready.sh' }), key).toContain('made/ready.sh')
})

test('changes by path: a move is two, an untouched file none', () => {
  const changes = changesOf(listing({ a: '1', b: '2', c: '3' }), listing({ a: '1', b: 'x', d: '3' }))
  expect(changes.map(({ path, base, head }) => [path, base !== null, head !== null])).toEqual([
    ['b', true, true],
    ['c', true, false],
    ['d', false, true],
  ])
  expect(changesOf(listing({ a: '1' }), listing({ a: { mode: '100755', bytes: '1' } }))).toHaveLength(1)
})

test('a path listed twice', () => {
  expect(repeated([...listing({ a: '1', b: '2' }), ...listing({ a: '3' })])).toEqual(['a'])
})

test.each<[string, string[], string[], string[], string[]]>([
  ['a new spelling of a file', ['a/B.ts'], ['a/b.ts'], ['a/b.ts', 'a/B.ts'], ['a/B.ts']],
  ['a new spelling of a folder', ['A/c.ts'], ['a/b.ts'], ['a/b.ts', 'A/c.ts'], ['A/c.ts']],
  ['two new ones', ['a/B.ts', 'a/b.ts'], [], ['a/B.ts', 'a/b.ts'], ['a/B.ts', 'a/b.ts']],
  ['an edit beside a pair', ['a/b.ts'], ['a/b.ts', 'a/B.ts'], ['a/b.ts', 'a/B.ts'], ['a/b.ts']],
  ['a pair nobody touches', ['c.ts'], ['a/b.ts', 'a/B.ts'], ['a/b.ts', 'a/B.ts', 'c.ts'], []],
  ['folders that clashed before', ['A/c.ts'], ['a/b.ts', 'A/d.ts'], ['a/b.ts', 'A/d.ts', 'A/c.ts'], []],
  ['gone is no clash', ['a/B.ts'], ['a/b.ts', 'a/B.ts'], ['a/b.ts'], []],
  ['nothing changed', [], ['a', 'A'], ['a', 'A'], []],
])('collisions: %s', (_, changed, base, head, found) => {
  expect([...collisionsOf(changed, base, head)]).toEqual(found)
})
