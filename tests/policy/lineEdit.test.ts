import { expect, test } from 'vitest'
import { lineEdit, wholeEdit } from '../../lib/domain/lineEdit.ts'

test.each<[what: string, before: string, after: string, lines: string[]]>([
  ['a line', 'a\nb\nc\n', 'a\nx\nc\n', ['x']],
  ['a line more', 'a\nb\n', 'a\nx\nb\n', ['x']],
  ['a line like the one before it', 'a\na\n', 'a\na\na\n', ['a']],
  ['a line less', 'a\nb\nc', 'a\nc', []],
  ['two places', 'a\nb\nc\nd\n', 'x\nb\ny\nd\n', ['x', 'b', 'y']],
  ['nothing', 'a\n', 'a\n', []],
  ['all', 'a', 'b', ['b']],
  ['from nothing', '', 'a\n', ['a']],
  ['line ends of another system', 'a\r\nb\r\n', 'a\r\nc\r\n', ['c\r']],
])('%s is told as lines, and whole again', (_, before, after, lines) => {
  const edit = lineEdit('a.js', before, after)
  expect(edit.lines).toEqual(lines)
  expect(wholeEdit(edit, { 'a.js': before })).toEqual({ path: 'a.js', text: after })
})

test('a whole text stays one, and lines of a file that is not there are all there is of it', () => {
  expect(wholeEdit({ path: 'a.js', text: 'x' }, {})).toEqual({ path: 'a.js', text: 'x' })
  expect(wholeEdit({ path: 'b.js', at: 7, gone: 2, lines: ['x'] }, {})).toEqual({ path: 'b.js', text: '\nx' })
})
