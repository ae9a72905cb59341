import ts from 'typescript'
import { expect, test } from 'vitest'
import { assignmentsOf, declarationOf, fromRequest, meaningAt, namesIn } from '../../lib/recipes/bindings.ts'
import { parseSource, type Source } from '../../lib/recipes/source.ts'
import { walk } from '../../lib/recipes/syntax.ts'

function sourceOf(text: string): Source {
  const source = parseSource('a.ts', text)
  if ('why' in source) throw new Error(source.why)
  return source
}

function all<Found extends ts.Node>(source: Source, is: (node: ts.Node) => node is Found): Found[] {
  const found: Found[] = []
  walk(source.file, (node) => {
    if (is(node)) found.push(node)
  })
  return found
}

const calls = (source: Source, name: string): ts.CallExpression[] =>
  all(source, ts.isCallExpression).filter((call) => call.expression.getText() === name)

test('names are what is read: keys, members and types are not', () => {
  const source = sourceOf('use({ key: a.member, b, c: { d } } as Shape<Other>, ({ from: to }) => to)')
  expect(namesIn(source.file).map((name) => name.text)).toEqual(['use', 'a', 'b', 'd', 'to', 'to'])
})

test('a shorthand property means its variable', () => {
  const source = sourceOf('const practice = 1\nuse({ practice })')
  const [, shorthand] = all(source, ts.isIdentifier).filter((name) => name.text === 'practice')
  expect(shorthand && declarationOf(source, shorthand)?.getText()).toBe('practice = 1')
})

test('the innermost declaration counts, and a global has none', () => {
  const source = sourceOf('const a = 1\nfunction f() { const a = 2; use(a, JSON) }')
  const [use] = calls(source, 'use')
  expect(use && meaningAt(source, 'a', use)?.getText()).toBe('a = 2')
  expect(use && meaningAt(source, 'JSON', use)).toBeNull()
})

test('only assignments of the very name are its assignments', () => {
  const source = sourceOf('let a = 1\na = 2\na ??= 3\na === 4\nb.a = 5\nfunction f(a) { a = 6 }')
  const [declaration] = all(source, ts.isVariableDeclaration)
  expect(declaration && assignmentsOf(source, declaration).map((value) => value.getText())).toEqual(['2', '3'])
})

test.each([
  ['function f(req) { const id = req.id; find(id) }', true],
  ['function f(req) { const { id: [first] } = req; const other = first.x; find({ other }) }', true],
  ['const id = load(); function f(req) { find(id) }', false],
  ['function f(req) { find((row) => row.id) }', false],
  ['function f(req) { find((row) => row.id === req.id) }', true],
  ["function f(req) { find('clinic') }", false],
])('whether the request decides: %s', (text, decides) => {
  const source = sourceOf(text)
  const [call] = calls(source, 'find')
  expect(call && fromRequest(source, call)).toBe(decides)
})

test('names that go round in circles end', () => {
  const source = sourceOf('function f() { let a = b, b = a; find(a) }')
  const [call] = calls(source, 'find')
  expect(call && fromRequest(source, call)).toBe(false)
})
