import { expect, test } from 'vitest'
import { blockOf, pyConstant, pyLines } from '../../../lib/policy/integrity/pyLines.ts'

const codes = (text: string): string[] => pyLines(text).map(({ code }) => code)

test.each([
  ['a comment goes', 'x = 1  # except: pass', ['x = 1']],
  ['a hash in a string stays out', "x = 'a # b'", ["x = ''"]],
  ['brackets join lines', 'f(\n  1,\n  2,\n)\ng()', ['f( 1, 2, )', 'g()']],
  ['a backslash joins lines', 'x = 1 + \\\n  2', ['x = 1 + 2']],
  ['a docstring is one string', 'def f():\n  """one\n  except: pass\n  """\n  g()', ['def f():', "''", 'g()']],
  ['prefixes belong to their string', 'x = rb\'a\' + f"b"', ["x = '' + ''"]],
  ['an escaped quote does not end', "x = 'it\\'s' + y", ["x = '' + y"]],
  ['an open string ends with its line', "x = 'open\ny = 1", ["x = ''", 'y = 1']],
  ['a name that ends like a prefix is none', "bar'x'", ["bar''"]],
  ['blank lines are none', '\n\n  \nx\n', ['x']],
])('%s', (_, text, expected) => {
  expect(codes(text)).toEqual(expected)
})

test('lines keep their number, their indentation and their strings', () => {
  const text = "def f():\n\tx = '''a\nb'''\n        y = \"c\"\n"
  expect(pyLines(text)).toEqual([
    { number: 1, indent: 0, code: 'def f():', strings: [] },
    { number: 2, indent: 8, code: "x = ''", strings: ['a\nb'] },
    { number: 4, indent: 8, code: "y = ''", strings: ['c'] },
  ])
})

test('a block is what is indented below, or what stands behind the colon', () => {
  const lines = pyLines('if a:\n  b\n  if c:\n    d\ne\nif f: g\nh')
  expect(blockOf(lines, 0).map(({ code }) => code)).toEqual(['b', 'if c:', 'd'])
  expect(blockOf(lines, 5).map(({ code }) => code)).toEqual(['g'])
  expect(blockOf(lines, 4)).toEqual([])
})

test('what is written out is a constant', () => {
  for (const code of ['None', 'True', '-1', '3.5', "''", '[]', '{}', '()', '[ ]', "['']", "{'': 1}", 'dict()'])
    expect(pyConstant(code), code).toBe(true)
  for (const code of ['x', 'f()', '[x]', "{'': x}", "'' + x", 'not x', '1 + x'])
    expect(pyConstant(code), code).toBe(false)
})

test('hostile text ends', () => {
  for (const piece of ['(', "'", '"""', '\\\n', '#', '\t', 'def f(:\n ', "f'{'"])
    expect(() => pyLines(piece.repeat(20_000))).not.toThrow()
})
