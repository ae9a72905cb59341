import ts from 'typescript'
import { expect, test } from 'vitest'
import {
  broken,
  isConstant,
  isScript,
  keyOf,
  lineOf,
  nameOf,
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
])('%s is named %s', (text, name) => {
  expect(nameOf(expressionOf(text))).toBe(name)
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
