import { expect, test } from 'vitest'
import type { SearchInput } from '../../../lib/domain/repair.ts'
import { OPERATORS } from '../../../lib/recipes/search/operators.ts'
import { search } from '../../../lib/recipes/search/search.ts'
import { failureOf } from './tried.ts'

/** Everything an operator would write instead of one text, each with the surroundings taken off again. */
function written(operator: string, text: string, failure: Parameters<typeof failureOf>[0] = {}): string[] {
  const input: SearchInput = {
    files: { 'src/a.js': text },
    suspects: text.split('\n').map((_, at) => ({ path: 'src/a.js', line: at + 1, weight: 1 })),
    failures: [{ test: 't', file: null, failure: failureOf(failure) }],
    most: 300,
  }
  const asked = OPERATORS.filter(({ name }) => name === operator)
  expect(asked).toHaveLength(1)
  return search(input, asked).flatMap((answer) => (answer.ok ? [answer.proposal.edits[0]!.text] : []))
}

test.each([
  ['arithmetic', "export const f = (a) => 'x' + a"],
  ['arithmetic', 'export const f = -1'],
  ['operands', 'export const f = (a, b) => a + b'],
  ['operands', 'export const f = (a) => a - a'],
  ['negation', 'export const f = (a) => a.b'],
  ['negation', 'export const f = (a) => !!a'],
  ['negation', 'export const f = (a, b) => { const kept = a || b; return kept }'],
  ['off-by-one', 'export const f = (a) => a.name'],
  ['off-by-one', "export const f = (a) => a['key']"],
  ['number', 'export const f = 1e400'],
  ['text', "import a from './a.js'\nexport const f = a"],
  ['text', "export const f = 'abc'"],
  ['constant', 'export const f = (a) => a.undefined'],
  ['arguments', 'export const f = (a, b) => g(b, b)'],
  ['arguments', 'export const f = (a, b) => g(...a, b)'],
  ['variable', 'export const f = (only) => only'],
  ['member', 'export const f = (a) => a.quite'],
  ['return', 'export const f = (a) => {\n  a()\n  return 1\n}'],
  ['return', 'class A {\n  constructor(a) {\n    a()\n  }\n}\nexport { A }'],
  ['await', 'export const f = (a) => a.b'],
  ['await', 'export async function f(a) {\n  await a()\n}'],
  ['await', 'class A {\n  constructor(a) {\n    a()\n  }\n}\nexport { A }'],
  ['await', 'export function* f(a) {\n  a()\n}'],
  ['await-all', 'export const f = (a) => a.map((x) => x)'],
  ['await-all', 'export const f = async (a) => Promise.all(a.map(async (x) => x))'],
  ['optional', 'export function f(a) {\n  a.b = 1\n}'],
  ['optional', 'export function f() {\n  this.b = 1\n}'],
  ['optional', 'export const f = (a) => a?.b'],
  ['optional', 'export const f = new A.B()'],
  ['new', 'export const f = (a) => Number(a)'],
  ['new', 'export const f = (a) => new Date(a)'],
  ['guard', 'export const f = () => 1'],
  ['guard', 'export function f() {}'],
  ['only-if', 'export const f = (a) => a.b'],
  ['clause', 'export const f = (a) => a'],
  ['condition', 'export function f(a) {\n  if (a) return 1\n}'],
  ['import', "import fs from 'node:fs'\nexport const f = fs"],
  ['spread', 'export const f = (a) => g({ a })'],
  ['leaving', 'export function f(a) {\n  if (a) {\n    g(a)\n  }\n}'],
  ['leaving', 'export function f(a) {\n  switch (a) {\n    case 1:\n      return 1\n    default:\n      g(a)\n  }\n}'],
  ['early-return', 'export function f(a) {\n  if (a) return 1\n  else return 2\n}'],
  ['branches', 'export function f(a) {\n  if (a) g(a)\n}'],
  ['else', 'export function f(a) {\n  if (a) g(a)\n  else h(a)\n  if (a) h(a)\n}'],
  ['regular-expression', "export const f = (a) => a.split('.')"],
  ['conversion', "export const f = 'text'"],
  ['presence', 'export const f = (a) => a.b'],
  ['copy', 'export const f = (a) => a'],
  ['iterated-copy', 'export const f = (a) => a.map((x) => x)'],
  ['sorting', 'export const f = (a) => a.sort(byName)'],
  ['default', 'export const f = (a = 1) => a'],
  ['default', 'export const f = (...a) => a'],
  ['default', 'export const f = () => [].reduce(g, 0)'],
  ['this', 'export const f = (a) => a.map(function (x) {\n  return x\n})'],
  ['this', 'export const f = (a) => a.b'],
  ['order', 'export function f(a) {\n  const b = a\n  g(b)\n}'],
  ['order', 'export function f(a) {\n  g(a)\n  return a\n}'],
  ['scope', 'export function f(a) {\n  const b = a\n  return b\n}'],
  ['loop', 'export const f = (a) => a'],
  ['step', 'export function f(a) {\n  console.log(a)\n}\nexport function g(a) {\n  return a\n}'],
  ['argument', 'function g(a) {}\nexport const f = (a) => g(a)'],
  ['argument', 'function g(a, b) {}\nexport const f = (a) => g(a)'],
  ['throw', 'export const f = (a) => new Date(a)'],
  ['chain', 'export const f = (a) => a.trim()'],
  ['sharing', 'export const f = (a) => new Array(a).fill(0)'],
  ['sharing', 'export function f(a) {\n  const b = a\n  return b.getDate()\n}'],
])('%s has nothing to say to %j', (operator, text) => {
  expect(written(operator, `${text}\n`)).toEqual([])
})

test('a text is only corrected by what the values show', () => {
  const all = written('text', "export const f = (a) => a + '-' + 'x'\n", { actual: "'1-x'", expected: "'1/x'" })
  expect(all).toContain("export const f = (a) => a + '/' + 'x'\n")
  expect(all.some((text) => text.includes("'y'"))).toBe(false)
})

test('a number is scaled by as much as the values differ', () => {
  const all = written('number', 'export const f = (a) => a * 30\n', { actual: '60', expected: '120' })
  expect(all).toContain('export const f = (a) => a * 60\n')
  expect(all).toContain('export const f = (a) => a * 31\n')
})

test('quotes stay as the file has them', () => {
  const all = written('text', 'export const f = "it is"\n', { actual: "'it is'", expected: '"it\'s"' })
  expect(all).toEqual(['export const f = "it\'s"\n'])
})

test('a shorthand keeps its key', () => {
  expect(written('variable', 'export const f = (a, b) => ({ a })\n')).toContain(
    'export const f = (a, b) => ({ a: b })\n',
  )
})

test('what waits is put in parentheses where it is read from', () => {
  const all = written('await', 'export async function f(load) {\n  return load().name\n}\n', {
    actual: 'undefined',
    expected: '1',
  })
  expect(all).toContain('export async function f(load) {\n  return (await load()).name\n}\n')
})

test('a function is made to wait behind its modifiers', () => {
  const text = 'class A {\n  static get(load) {\n    const a = load()\n    return a\n  }\n}\nexport { A }\n'
  const all = written('await', text, { actual: 'Promise { <pending> }', expected: '1' })
  expect(all).toContain(text.replace('static get', 'static async get').replace('load()\n', 'await load()\n'))
})

test('a forEach that waits becomes a loop', () => {
  const text = 'export async function f(list, g) {\n  list.forEach(async (one) => {\n    await g(one)\n  })\n}\n'
  expect(written('await-all', text)).toEqual([
    'export async function f(list, g) {\n  for (const one of list) {\n    await g(one)\n  }\n}\n',
  ])
})

test('Object.assign fills a new object, and the other one wins', () => {
  expect(written('spread', 'export const f = (a, b) => Object.assign(a, b)\n')).toEqual([
    'export const f = (a, b) => Object.assign({}, a, b)\n',
    'export const f = (a, b) => Object.assign(b, a)\n',
  ])
})

test.each([
  ["typeof a !== 'object'", "(typeof a !== 'object' || a === null)"],
  ['a === undefined', 'a == null'],
  ['a !== null', 'a != null'],
  ['a != null', 'a'],
  ['a in b', 'Object.hasOwn(b, a)'],
  ['a == b', 'a === b'],
])('presence: %s is %s', (before, after) => {
  expect(written('presence', `export const f = (a, b) => ${before}\n`)).toContain(
    `export const f = (a, b) => ${after}\n`,
  )
})

test.each([
  ['if (b[a]) return 1', 'if (a in b) return 1'],
  ['if (!b[a]) return 1', 'if (!(a in b)) return 1'],
  ['if (a) return 1', 'if (a != null) return 1'],
])('presence: %s is %s', (before, after) => {
  const around = (line: string) => `export function f(a, b) {\n  ${line}\n}\n`
  expect(written('presence', around(before))).toContain(around(after))
})

test('a text that runs into the line before is returned', () => {
  const text = ['export function f(a) {', '  const b = g(a)', '  `$' + '{b}!`', '}', ''].join('\n')
  expect(written('return', text)).toEqual([text.replace('`$', 'return `$')])
})

test('a loop that counts away from its bound comes last', () => {
  const all = written('arithmetic', 'export function f(a) {\n  for (let i = 2; i < a; i += 1) g(i)\n}\n')
  expect(all.slice(-2).filter((text) => /i (?:-=|=) 1\)/.test(text))).toHaveLength(2)
  expect(written('number', 'export function f(a) {\n  for (let i = 2; i < a; i += 1) g(i)\n}\n')[0]).toContain(
    'let i = 3',
  )
})

test('what only the test knows is not written into the code', () => {
  const text = "export const f = (a) => a + ''\n"
  expect(written('text', text, { actual: "'x'", expected: "'x=3'" })).toEqual([])
  expect(written('text', text, { actual: "'x'", expected: "'x;'" })).toEqual([text.replace("''", "';'")])
})
