import ts from 'typescript'
import { expect, test } from 'vitest'
import { reachOf } from '../../../lib/recipes/search/reach.ts'
import { isRepairable, openRepository } from '../../../lib/recipes/search/repository.ts'
import { onStack, spectrumOf } from '../../../lib/recipes/search/spectrum.ts'
import { namesInTest } from '../../../lib/recipes/search/testText.ts'
import { unitsOf } from '../../../lib/recipes/search/units.ts'
import { suspicionOf } from '../../../lib/recipes/search/weights.ts'
import { failureOf } from './tried.ts'

const parsed = (text: string): ts.SourceFile => ts.createSourceFile('/a.ts', text, ts.ScriptTarget.ESNext, true)

test.each([
  ['export const a = 1, b = 2', ['a', 'b']],
  ['export function f() {}', ['f']],
  ['export class A {}', ['A']],
  ['export default function f() {}', ['default']],
  ['export default 1', ['default']],
  ['const a = 1\nexport { a, a as b }', ['a', 'b']],
  ['exports.a = 1', ['a']],
  ['module.exports.a = 1', ['a']],
  ['module.exports = { a, b: 1 }', ['a', 'b']],
  ['module.exports = f', ['default']],
  ['const a = 1', []],
])('%j exports %j', (text, names) => {
  expect(openRepository({ 'a.js': text }).exportsOf('a.js')).toEqual(names)
})

test.each([
  ['function f(a, b) {}', ['a', 'b']],
  ['const f = (a) => a', ['a']],
  ['const o = { f(a, b) {} }', ['a', 'b']],
  ['const o = { f: (x) => x }', ['x']],
  ['class A { f(a) {} }', ['a']],
  ['exports.f = function (a) {}', ['a']],
  ['class f { constructor(a, b) {} }', ['a', 'b']],
  ['function f(a) {}\nconst o = { f(b) {} }', null],
  ['function g() {}', null],
])('%j tells the parameters of f', (text, names) => {
  expect(openRepository({ 'a.js': text }).parametersOf('f')).toEqual(names)
})

test('properties by what they are read of, tests left out', () => {
  const repository = openRepository({
    'a.js': 'user.name\nuser.name\nthis.user.age',
    'a.test.js': 'user.shoe',
  })
  expect([...repository.propertiesOf('user')]).toEqual([
    ['name', 2],
    ['age', 1],
  ])
  expect(repository.propertiesOf('nobody').size).toBe(0)
  expect(repository.exportsOf('nowhere.js')).toEqual([])
})

test.each([
  ['src/a.ts', true],
  ['lib/latest.js', true],
  ['src/contest.js', true],
  ['src/components/a.tsx', true],
  ['a.mjs', true],
  ['src/a.test.ts', false],
  ['src/a.spec.js', false],
  ['__tests__/a.js', false],
  ['test.js', false],
  ['test-basic.js', false],
  ['a_test.js', false],
  ['node_modules/x/a.js', false],
  ['build/a.js', false],
  ['a.min.js', false],
  ['types.d.ts', false],
  ['jest.config.js', false],
  ['.eslintrc.cjs', false],
  ['.github/a.js', false],
  ['a.css', false],
  ['a.json', false],
])('%s may be repaired: %s', (path, may) => {
  expect(isRepairable(path, 'const a = 1')).toBe(may)
})

test.each([
  'function f() {}',
  'const f = () => 1',
  'let f = 1',
  'class A { f() {} }',
  'exports.f = function () {}',
  'const o = { f() {} }',
])('%j is a unit', (text) => {
  expect(unitsOf('a.js', parsed(text)).map(({ name }) => name)).toContain('f')
})

test('a class holds its methods, and an anonymous export is a unit without a name', () => {
  const [outer, inner] = unitsOf('a.js', parsed('class A {\n  f() {\n    return g\n  }\n}\n'))
  expect(outer).toMatchObject({ name: 'A', holds: true, from: 1, to: 5 })
  expect(inner).toMatchObject({ name: 'f', holds: false, from: 2, to: 4 })
  expect(inner?.mentions.has('g')).toBe(true)
  expect(unitsOf('a.js', parsed('export default (a) => a'))).toMatchObject([{ name: null, exported: true }])
  expect(unitsOf('a.js', parsed('module.exports = function (a) {}'))).toMatchObject([{ name: null, exported: true }])
  expect(unitsOf('a.js', parsed('const o = { f: () => 1, g() {} }'))[0]).toMatchObject({ name: 'o', holds: true })
})

const TEST = `import { a, b } from '../src/a.js'
describe('one', () => {
  test('adds', () => {
    const c = b()
    equal(a(c), 1)
  })
  test('adds more', () => {
    d()
  })
})
`

const names = (test: string, line?: number): Map<string, number> => {
  const frames = line ? [{ path: 't.test.js', line, column: null, function: null }] : []
  return namesInTest({ 't.test.js': TEST }, { test, file: 't.test.js', failure: { ...failureOf({}), frames } })
}

test('names of the failing test, those of its assertion first', () => {
  const found = names('t.test.js > one > adds', 5)
  expect([found.get('a'), found.get('b'), found.get('d')]).toEqual([1, 0.85, undefined])
})

test('the longest title is meant', () => {
  const found = names('t.test.js > one > adds more')
  expect([found.get('a'), found.get('d')]).toEqual([undefined, 0.85])
})

test('a test that is not found is the whole file, and a file that is not there says nothing', () => {
  expect(names('made up').get('d')).toBe(0.6)
  expect(namesInTest({}, { test: 'x', file: 'no.js', failure: failureOf({}) }).size).toBe(0)
})

test('reach follows imports, requires, folders and the name of the package itself', () => {
  const files = {
    'package.json': '{ "name": "pkg", "exports": { ".": { "import": "./src/main.js" } } }',
    'src/main.js': "export * from './a.js'",
    'src/a.js': "const b = require('./b')",
    'src/b/index.js': '',
    'src/other.js': '',
    't.test.js': "import x from 'pkg'\nimport fs from 'node:fs'",
    'u.test.js': "import y from 'pkg/src/other.js'",
  }
  expect([...reachOf(files, ['t.test.js'])]).toEqual([
    ['t.test.js', 0],
    ['src/main.js', 1],
    ['src/a.js', 2],
    ['src/b/index.js', 3],
  ])
  expect(reachOf(files, ['u.test.js']).get('src/other.js')).toBe(1)
})

test.each(["require('..')", "require('../')", "require('../.')"])('%s is the package', (text) => {
  const files = { 'package.json': '{ "main": "lib/x" }', 'lib/x.js': '', 'test/a.js': text }
  expect(reachOf(files, ['test/a.js']).has('lib/x.js')).toBe(true)
})

test('a manifest that is no JSON leads nowhere', () => {
  expect(reachOf({ 'package.json': '{', 'index.js': '', 'a.js': "import '.'" }, ['a.js']).get('index.js')).toBe(1)
})

test('Ochiai by line: failing alone, both, passing alone, neither', () => {
  const bad = [{ 'a.js': [1, 2, 1, 3, 4, 0] }]
  const good = [{ 'a.js': [1, 1, 0, 2, 3, 5] }]
  const [, first, both, ...rest] = spectrumOf('a.js', 5, bad, good)
  expect([first, ...rest]).toEqual([1, 0, 0, 0.5])
  expect(both).toBeCloseTo(Math.SQRT1_2)
  expect(spectrumOf('a.js', 1, [], good)).toEqual([1, 1])
  expect(spectrumOf('b.js', 1, bad, good)).toEqual([0, 0])
})

test('more failing runs weigh more', () => {
  const run = { 'a.js': [1, 1, 1] }
  const none = { 'a.js': [1, 1, 0] }
  expect(spectrumOf('a.js', 1, [run, run], [])[1]).toBe(1)
  expect(spectrumOf('a.js', 1, [run, none], [])[1]).toBeCloseTo(Math.SQRT1_2)
})

test('the stack raises its line, and the function around it', () => {
  const units = unitsOf('a.js', parsed('function f() {\n  g()\n}\nfunction g() {}\n'))
  const frames = [{ path: 'a.js', line: 2, column: null, function: 'f' }]
  const failures = [{ test: 't', file: null, failure: { ...failureOf({}), frames } }]
  expect(onStack('a.js', 4, failures, units).slice(1)).toEqual([1.25, 1.6, 1.25, 1])
})

test('suspects by path, the highest weight of a line', () => {
  const found = suspicionOf([
    { path: 'b.js', line: 1, weight: 0.2 },
    { path: 'a.js', line: 1, weight: 0.5 },
    { path: 'b.js', line: 1, weight: 0.9 },
  ])
  expect([...found.keys()]).toEqual(['b.js', 'a.js'])
  expect(found.get('b.js')?.get(1)).toBe(0.9)
})
