import { expect, test } from 'vitest'
import { loadPlace } from '../../lib/parse/loadPlace.ts'

const SYNTAX = `> bl@7.0.0 test
> node test/test.js

file:///workspace/BufferListStream.js:2
import { BufferList } from 'node:stream'
         ^^^^^^^^^^
SyntaxError: The requested module 'node:stream' does not provide an export named 'BufferList'
    at ModuleJob._instantiate (node:internal/modules/esm/module_job:182:21)
`

test.each<[what: string, text: string, place: { path: string; line: number } | null]>([
  ['an import of a module', SYNTAX, { path: '/workspace/BufferListStream.js', line: 2 }],
  [
    'a file of CommonJS',
    '/workspace/lib/a.cjs:14\nconst = 1\n      ^\n\nSyntaxError: x\n',
    { path: '/workspace/lib/a.cjs', line: 14 },
  ],
  ['a place that no carets stand under', '/workspace/a.js:14\nconst = 1\n', null],
  ['a place among words', 'at /workspace/a.js:14\nconst = 1\n      ^\n', null],
  ['carets under something else', 'hello\nconst\n  ^^\n', null],
  ['nothing', '', null],
])('%s', (_, text, place) => {
  expect(loadPlace(text)).toEqual(place)
})

test('a long line and many lines are read in time', () => {
  const long = `/${'a/'.repeat(200_000)}b.js:1\n`.repeat(20)
  expect(loadPlace(long)).toBeNull()
})
