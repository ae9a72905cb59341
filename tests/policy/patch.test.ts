import { expect, test } from 'vitest'
import { diffOf, patchHash } from '../../lib/policy/patch.ts'

const before = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'].join(
  '\n',
)
const after = before.replace('five', 'FIVE\nfive and a half')

test('rows carry the line numbers a reader looks for, with three lines of context', () => {
  const [file] = diffOf({ 'a.ts': before }, { 'a.ts': after })
  expect(file!.rows.map((row) => `${row.kind} ${row.line} ${row.text}`)).toEqual([
    'same 2 two',
    'same 3 three',
    'same 4 four',
    'del 5 five',
    'add 5 FIVE',
    'add 6 five and a half',
    'same 7 six',
    'same 8 seven',
    'same 9 eight',
  ])
})

test('two far changes have a gap between them', () => {
  const [file] = diffOf({ 'a.ts': before }, { 'a.ts': before.replace('one', 'ONE').replace('twelve', 'TWELVE') })
  expect(file!.rows.filter((row) => row.kind === 'gap')).toHaveLength(1)
})

test('a new file is all additions', () => {
  expect(diffOf({}, { 'b.ts': 'x\n' })[0]!.rows).toEqual([{ kind: 'add', text: 'x', line: 1 }])
})

test('the same patch has the same name on another base', () => {
  const shifted = `zero\n${before}`
  expect(patchHash({ 'a.ts': shifted }, { 'a.ts': `zero\n${after}` })).toBe(
    patchHash({ 'a.ts': before }, { 'a.ts': after }),
  )
})

test.each([
  ['another line', { 'a.ts': before.replace('five', 'FIFE') }],
  ['another file', { 'b.ts': after }],
  ['one more file', { 'a.ts': after, 'b.ts': 'x' }],
])('%s makes another name', (_, other) => {
  expect(patchHash({ 'a.ts': before, 'b.ts': before }, other as Record<string, string>)).not.toBe(
    patchHash({ 'a.ts': before, 'b.ts': before }, { 'a.ts': after }),
  )
})
