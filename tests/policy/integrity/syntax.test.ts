import ts from 'typescript'
import { expect, test } from 'vitest'
import { nameOf } from '../../../lib/policy/integrity/names.ts'
import {
  broken,
  foldedOf,
  isConstant,
  isScript,
  keyOf,
  lineOf,
  nodesOf,
  treeOf,
} from '../../../lib/policy/integrity/syntax.ts'

const expressionOf = (text: string): ts.Expression => {
  const [statement] = treeOf('a.ts', `(${text})`)!.statements
  return (statement as ts.ExpressionStatement).expression
}

test.each([
  ['a.b.c', 'a.b.c'],
  ["a['b'].c", 'a.b.c'],
  ['a?.b!.c', 'a.b.c'],
  ['(a as B).c', 'a.c'],
  ['globalThis.fetch', 'fetch'],
  ["window['fetch']", 'fetch'],
  ['this.log.error', 'this.log.error'],
  ['import.meta.env.KEY', 'import.meta.env.KEY'],
  ['a().b', 'a().b'],
  ['new A().b', 'A().b'],
  ['a[b].c', '.c'],
  ["a['b' + 'c'].d", 'a.bc.d'],
  ['(0, eval)', 'eval'],
  ['process.exit.call', 'process.exit'],
])('%s is named %s', (text, name) => {
  expect(nameOf(expressionOf(text))).toBe(name)
})

test.each([
  ["import { env } from 'node:process'\nenv.KEY", 'process.env.KEY'],
  ["import { exit as leave } from 'process'\nleave", 'process.exit'],
  ["import * as a from 'node:assert/strict'\na.equal", 'assert.equal'],
  ["import cp = require('node:child_process')\ncp.exec", 'child_process.exec'],
  ["const { execSync } = require('child_process')\nexecSync", 'child_process.execSync'],
  ['const { exit } = process\nexit', 'process.exit'],
  ['const { env: { KEY: k } } = process\nk', 'process.env.KEY'],
  ['const p = process\nconst e = p.env\ne.KEY', 'process.env.KEY'],
  ['const P = Array.prototype\nP.at', 'Array.prototype.at'],
  ['const e = eval\ne', 'eval'],
  ['const { fetch: f } = globalThis\nf', 'fetch'],
  ['const log = make(process)\nlog.error', 'log.error'],
  ['function f() {\n  const e = eval\n}\ne', 'e'],
  ['if (a) {\n  var e = eval\n}\ne', 'eval'],
  ['const a = b\nconst b = a\na.c', 'a.c'],
])('what %j ends with is named %s', (text, name) => {
  const last = treeOf('a.ts', text)!.statements.at(-1) as ts.ExpressionStatement
  expect(nameOf(last.expression)).toBe(name)
})

test.each([
  ["'a' + 'b'", 'ab'],
  ['1 + 2', '3'],
  ["1 + '2'", '12'],
  [`\`a\${'b'}c\``, 'abc'],
  ['-4', '-4'],
  ['a + 1', null],
])('%s comes to %s', (text, value) => {
  expect(foldedOf(expressionOf(text))).toBe(value)
})

test.each([
  "'a'",
  '1',
  '-1',
  '1n',
  'true',
  'null',
  'undefined',
  'void 0',
  '[]',
  '[1, "a"]',
  '{}',
  '{ a: 1, b: [2] }',
  '`a`',
  '!1',
])('%s is written out', (text) => {
  expect(isConstant(expressionOf(text))).toBe(true)
})

test.each(['a', 'f()', '[a]', '{ a }', '{ ...a }', '{ a: f() }', `\`\${a}\``, 'a.b', '() => 1'])(
  '%s is not',
  (text) => {
    expect(isConstant(expressionOf(text))).toBe(false)
  },
)

test('every kind of script is parsed as what it is', () => {
  const texts: [string, string][] = [
    ['a.ts', 'const a = <T>(b: T): T => b'],
    ['a.tsx', 'const a = <p>{b}</p>'],
    ['a.jsx', 'const a = <p>{b}</p>'],
    ['a.mjs', 'await import("b")'],
    ['a.cts', 'export = 1'],
  ]
  for (const [path, text] of texts) {
    expect(isScript(path)).toBe(true)
    expect(broken(treeOf(path, text)!), path).toBe(false)
  }
  expect(isScript('a.py')).toBe(false)
  expect(broken(treeOf('a.ts', 'const = 1')!)).toBe(true)
})

test('of a component only the scripts are read, on their own lines', () => {
  const text =
    '<template>\n  <p v-if="a">it\'s</p>\n</template>\n<script setup lang="ts">\nconst a = 1\n</script>\n<style>p { }</style>\n'
  const tree = treeOf('a.vue', text)!
  expect(broken(tree)).toBe(false)
  expect(tree.statements.map((statement) => [keyOf(statement), lineOf(statement)])).toEqual([['consta=1', 5]])
})

test('nodes come in the order they are written', () => {
  const names = nodesOf(treeOf('a.ts', 'f(a, g(b), c)')!).filter(ts.isIdentifier)
  expect(names.map(({ text }) => text)).toEqual(['f', 'a', 'g', 'b', 'c'])
})

test('what nests deeper than anything written by hand has no tree, or ends', () => {
  for (const piece of ['(', '[', '{', 'a(', '`${', '!', 'a=>'])
    expect(() => treeOf('a.ts', piece.repeat(50_000))).not.toThrow()
})
