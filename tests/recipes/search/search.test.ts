import { expect, test } from 'vitest'
import type { SearchInput } from '../../../lib/domain/repair.ts'
import { order } from '../../../lib/recipes/search/ranking.ts'
import { search } from '../../../lib/recipes/search/search.ts'
import { failureOf, tried } from './tried.ts'

const input = (files: Record<string, string>, most = 300): SearchInput => ({
  files,
  suspects: Object.entries(files).flatMap(([path, text]) =>
    text.split('\n').map((_, at) => ({ path, line: at + 1, weight: 1 })),
  ),
  failures: [{ test: 't', file: null, failure: failureOf({ actual: '1', expected: '2' }) }],
  most,
})

const SOURCE = 'export function f(a, b) {\n  // one   two\n\n  if (a<b) return   a+1 ;\n  return b\n}\n'

test('tests, settings, dotfiles, generated files and JSON are never changed', () => {
  const files = Object.fromEntries(
    [
      'a.test.js',
      'test/a.js',
      'test.js',
      '.eslintrc.js',
      'vite.config.ts',
      'dist/a.js',
      'a.min.js',
      'a.json',
      'a.d.ts',
    ].map((path) => [path, SOURCE]),
  )
  expect(search(input({ ...files, 'src/gen.js': `// @generated\n${SOURCE}` }))).toEqual([])
})

test('every candidate parses, differs from the others and changes nothing besides', () => {
  const answers = search(input({ 'src/a.js': SOURCE }))
  const texts = answers.map((answer) => (answer.ok ? answer.proposal.edits[0]!.text : ''))
  expect(texts.length).toBeGreaterThan(20)
  expect(new Set(texts).size).toBe(texts.length)
  expect(texts.filter((text) => !text.includes('  // one   two\n\n'))).toEqual([])
  expect(texts).not.toContain(SOURCE)
})

test('Windows line ends stay', () => {
  const answers = search(input({ 'src/a.js': SOURCE.replaceAll('\n', '\r\n') }))
  for (const answer of answers) if (answer.ok) expect(answer.proposal.edits[0]!.text).not.toMatch(/[^\r]\n/)
})

test('no more than asked for, and the same ones first', () => {
  const few = search(input({ 'src/a.js': SOURCE }, 5))
  expect(few).toHaveLength(5)
  expect(search(input({ 'src/a.js': SOURCE }, 50)).slice(0, 5)).toEqual(few)
})

test('a file that cannot be parsed is passed over', () => {
  expect(search(input({ 'src/a.js': 'function (' }))).toEqual([])
})

test('one hot line does not take all places', () => {
  const hot = Array.from({ length: 200 }, (_, at) => `a${at} < b${at}`).join(' && ')
  const text = `export const f = () => ${hot}\nexport const g = (a, b) =>\n  a < b\n`
  const { suspects, ...rest } = input({ 'src/a.js': text }, 60)
  const cold = suspects.map((one) => ({ ...one, weight: one.line === 1 ? 1 : 0.5 }))
  const answers = search({ ...rest, suspects: cold })
  expect(answers.some((answer) => answer.ok && answer.proposal.edits[0]!.text.includes('a <= b'))).toBe(true)
})

test('equal scores keep the order of the source', () => {
  const one = (line: number) => ({
    operator: 'o',
    path: 'p',
    line,
    score: 1,
    change: { swaps: [], summary: '' },
  })
  expect(order([one(3), one(1), one(2)]).map(({ line }) => line)).toEqual([3, 1, 2])
})

test('await is never put where nothing can wait', () => {
  const { texts } = tried(
    `
 export function f(load) {
-  return load()
+  return load() + 1
 }
`,
    { actual: 'Promise { <pending> }', expected: '1' },
  )
  expect(texts.filter((text) => /await/.test(text) && !/async/.test(text))).toEqual([])
})
