import { expect, test } from 'vitest'
import { blockOf, pyLines } from '../../../lib/policy/integrity/pyLines.ts'
import { pyResolved } from '../../../lib/policy/integrity/pyNames.ts'
import { pyConstant, pyMadeUp } from '../../../lib/policy/integrity/pyValues.ts'

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
    { number: 1, indent: 0, code: 'def f():', strings: [], scope: 'f' },
    { number: 2, indent: 8, code: "x = ''", strings: ['a\nb'], scope: 'f' },
    { number: 4, indent: 8, code: "y = ''", strings: ['c'], scope: 'f' },
  ])
})

test('a block is what is indented below, or what stands behind the colon', () => {
  const lines = pyLines('if a:\n  b\n  if c:\n    d\ne\nif f: g\nh')
  expect(blockOf(lines, 0).map(({ code }) => code)).toEqual(['b', 'if c:', 'd'])
  expect(blockOf(lines, 5).map(({ code }) => code)).toEqual(['g'])
  expect(blockOf(lines, 4)).toEqual([])
})

test('a line belongs to its function and class, a decorator to what it decorates', () => {
  const lines = pyLines('class A:\n  @x\n  @y\n  def f(self):\n    g()\n  z = 1\nasync def h():\n  g()\ng()')
  expect(lines.map(({ scope }) => scope)).toEqual(['A', 'A.f', 'A.f', 'A.f', 'A.f', 'A', 'h', 'h', ''])
})

test.each([
  ['from os import system as go\ngo(x)', 'os.system(x)'],
  ['import subprocess as s, os\ns.run(x)', 'subprocess.run(x)'],
  ['from os import (environ, path)\nenviron[x]', 'os.environ[x]'],
  ['run = eval\nrun(x)', 'eval(x)'],
  ['now = time.time()\nif now > 3: pass', 'if time.time() > 3: pass'],
  ['__import__("subprocess").run(x)', 'subprocess.run(x)'],
  ['m = importlib.import_module("pytest")\nm.exit()', 'pytest.exit()'],
  ['getattr(os, "_exit")(0)', 'os._exit(0)'],
  ['__builtins__["round"] = f', "builtins[''] = f"],
  // What only has the name of one stays what it is.
  ['from .store import system\nsystem(x)', 'system(x)'],
  ['from os import path\nf(path=x, y=self.path)', 'f(path=x, y=self.path)'],
  ['getattr(row, "name")', "getattr(row, '')"],
  ['__import__(name)', '__import__(name)'],
])('names stand for what they are: %j', (text, expected) => {
  expect(pyResolved(pyLines(text)).at(-1)!.code).toBe(expected)
})

test('strings that are left stay in their order', () => {
  const [line] = pyResolved(pyLines('f("a", __import__("os"), "b")'))
  expect(line).toMatchObject({ code: "f('', os, '')", strings: ['a', 'b'] })
})

test('a value that was there, or is made of constants, is made up; one that is worked out is not', () => {
  for (const code of ['body', 'self.items', 'None, None', 'dict(items=[])', "Decimal('')", '[[]]', 'list(([1], x))'])
    expect(pyMadeUp(code), code).toBe(true)
  for (const code of ['load(body)', 'a + b', 'x if y else z', 'not x', "''.join(x)", '[f(x) for x in y]', ''])
    expect(pyMadeUp(code), code).toBe(false)
})

test('what is written out is a constant', () => {
  for (const code of ['None', 'True', '-1', '3.5', "''", '[]', '{}', '()', '[ ]', "['']", "{'': 1}", 'dict()'])
    expect(pyConstant(code), code).toBe(true)
  for (const code of ['x', 'f()', '[x]', "{'': x}", "'' + x", 'not x', '1 + x'])
    expect(pyConstant(code), code).toBe(false)
})

test('hostile text ends', () => {
  for (const piece of ['(', "'", '"""', '\\\n', '#', '\t', 'def f(:\n ', "f'{'"])
    expect(() => pyResolved(pyLines(piece.repeat(20_000)))).not.toThrow()
  for (const code of [`[${'1'.repeat(5000)}x`, `(${'a'.repeat(5000)} `, '['.repeat(5000), "'' ".repeat(5000)])
    expect(pyConstant(`${code}!`)).toBe(false)
})
