import { expect, test } from 'vitest'
import { mergeListings } from '../../lib/domain/mergeListings.ts'
import { mergeText } from '../../lib/domain/mergeText.ts'

/** `path: 'x'` is a plain file with content x; `x*` is executable, `x@` a link, `x#` a submodule. */
type Tree = Record<string, string>
const MODES: Record<string, string> = { '*': '100755', '@': '120000', '#': '160000' }
const listing = (tree: Tree) =>
  Object.entries(tree).map(([path, content]) => {
    const mode = MODES[content.at(-1) ?? ''] ?? '100644'
    return { path, mode, oid: content.replace(/[*@#]$/, '') }
  })
const BASE = { a: '1', 'd/b': '2', 'd/c': '3' }

test.each<[string, Tree, Tree, object | null]>([
  ['nothing changed', BASE, BASE, { placed: [], both: [] }],
  ['only we changed', { ...BASE, a: 'x' }, BASE, { placed: [], both: [] }],
  ['only they changed', BASE, { ...BASE, a: 'x' }, { placed: [{ path: 'a', mode: '100644', oid: 'x' }], both: [] }],
  ['they added', BASE, { ...BASE, n: 'x' }, { placed: [{ path: 'n', mode: '100644', oid: 'x' }], both: [] }],
  [
    'they took away',
    BASE,
    { 'd/b': '2', 'd/c': '3' },
    { placed: [{ path: 'a', mode: '100644', oid: null }], both: [] },
  ],
  ['both alike', { ...BASE, a: 'x' }, { ...BASE, a: 'x' }, { placed: [], both: [] }],
  ['both took it away', { a: '1', 'd/b': '2' }, { a: '1', 'd/b': '2' }, { placed: [], both: [] }],
  [
    'both changed one file',
    { ...BASE, a: 'x' },
    { ...BASE, a: 'y' },
    { placed: [], both: [{ path: 'a', mode: '100644', base: '1', ours: 'x', theirs: 'y' }] },
  ],
  [
    'one its content, the other its mode',
    { ...BASE, a: 'x' },
    { ...BASE, a: '1*' },
    { placed: [{ path: 'a', mode: '100755', oid: 'x' }], both: [] },
  ],
  [
    'the other way round',
    { ...BASE, a: '1*' },
    { ...BASE, a: 'x' },
    { placed: [{ path: 'a', mode: '100755', oid: 'x' }], both: [] },
  ],
  ['we changed what they took away', { ...BASE, a: 'x' }, { 'd/b': '2', 'd/c': '3' }, null],
  ['they changed what we took away', { 'd/b': '2', 'd/c': '3' }, { ...BASE, a: 'x' }, null],
  ['both added another file', { ...BASE, n: 'x' }, { ...BASE, n: 'y' }, null],
  ['both added the same file', { ...BASE, n: 'x' }, { ...BASE, n: 'x' }, { placed: [], both: [] }],
  ['both made it a link', { ...BASE, a: 'x@' }, { ...BASE, a: 'y@' }, null],
  ['a link and a file', { ...BASE, a: 'x@' }, { ...BASE, a: 'y' }, null],
  ['both moved a submodule', { ...BASE, a: 'x#' }, { ...BASE, a: 'y#' }, null],
  ['a file where they have a folder', { ...BASE, n: 'x' }, { ...BASE, 'n/m': 'y' }, null],
  ['a folder where they have a file', { ...BASE, 'n/m': 'x' }, { ...BASE, n: 'y' }, null],
  [
    'both took a file away, and one may have moved it',
    { 'd/b': '2', 'd/c': '3', n: '1' },
    { 'd/b': '2', 'd/c': '3' },
    null,
  ],
  ['we moved a folder, they put a file into it', { a: '1', 'e/b': '2', 'e/c': '3' }, { ...BASE, 'd/n': 'x' }, null],
  ['they moved a folder, we put a file into it', { ...BASE, 'd/n': 'x' }, { a: '1', 'e/b': '2', 'e/c': '3' }, null],
  [
    'we moved a file they left alone',
    { 'd/b': '2', 'd/c': '3', n: '1' },
    { ...BASE, 'd/b': 'x' },
    { placed: [{ path: 'd/b', mode: '100644', oid: 'x' }], both: [] },
  ],
])('%s', (_, ours, theirs, expected) => {
  expect(mergeListings(listing(BASE), listing(ours), listing(theirs))).toEqual(expected)
})

const LINES = ['import a', '', 'function one() {', '  return 1', '}', '', 'function two() {', '  return 2', '}']
const text = (lines: string[], end = '\n') => lines.join('\n') + end
const put = (at: number, line: string, lines = LINES) => lines.with(at, line)
const merge = (base: string, ours: string, theirs: string) =>
  mergeText(Buffer.from(base), Buffer.from(ours), Buffer.from(theirs))?.toString() ?? null

test.each<[string, string, string, string | null]>([
  ['one changed', text(put(3, 'x')), text(LINES), text(put(3, 'x'))],
  ['the other changed', text(LINES), text(put(3, 'x')), text(put(3, 'x'))],
  ['both alike', text(put(3, 'x')), text(put(3, 'x')), text(put(3, 'x'))],
  [
    'two places with a line between that is nowhere else',
    text(put(3, 'x')),
    text(put(7, 'y')),
    text(put(7, 'y', put(3, 'x'))),
  ],
  ['one line, two ways', text(put(3, 'x')), text(put(3, 'y')), null],
  ['lines that touch', text(put(2, 'x')), text(put(3, 'y')), null],
  ['nothing between but lines that stand elsewhere too', text(put(3, 'x')), text(put(6, 'y')), null],
  ['the first and the last line', text(put(0, 'x')), text(put(8, 'y')), text(put(8, 'y', put(0, 'x')))],
  ['one takes all away', '', text(put(3, 'y')), null],
  ['one takes all away, the other nothing', '', text(LINES), ''],
  ['the line end at the end', text(LINES, ''), text(put(0, 'x')), text(put(0, 'x'), '')],
])('%s', (_, ours, theirs, expected) => {
  expect(merge(text(LINES), ours, theirs)).toBe(expected)
})

test('line ends and bytes stay as they are', () => {
  const bytes = (...lines: string[]) => Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1')
  const merged = mergeText(
    bytes('\xff\xfe', 'b', 'c', 'd'),
    bytes('\xff\xfe', 'b', 'c', 'y'),
    bytes('x\xff', 'b', 'c', 'd'),
  )
  expect(merged).toEqual(bytes('x\xff', 'b', 'c', 'y'))
})

test('what is no text conflicts, and so does more than is compared', () => {
  expect(merge('a\0\nb\nc\n', 'a\0\nb\nx\n', 'y\0\nb\nc\n')).toBeNull()
  const many = Array.from({ length: 10_200 }, (_, i) => `line ${i}`)
  expect(merge(text(many), text(many.with(0, 'x')), text(many.with(-1, 'y')))).toBeNull()
  const near = merge(text(many), text(many.with(5000, 'x')), text(many.with(5010, 'y')))
  expect(near).toBe(text(many.with(5000, 'x').with(5010, 'y')))
})
