import { expect, test } from 'vitest'
import { isRare, isSpecific, literalsIn, valuesOf } from '../../../lib/policy/integrity/literals.ts'
import { integrityOf, type TestFacts } from '../../../lib/policy/integrity.ts'

const FACTS: TestFacts = {
  literals: ['p-4417', 'text/csv', 'verbose', '18', '404', 'admin'],
  expected: ['"Harbour View"', '1284.5'],
  actual: ['undefined'],
}
const BEFORE = 'export function find(id, rows) {\n  const row = rows[id]\n  return row.name\n}\n'
const rules = (line: string, path = 'src/find.ts', before = BEFORE, row = '  const row'): string[] => {
  const answer = integrityOf({ [path]: before }, { [path]: before.replace(row, `${line}\n${row}`) }, FACTS)
  return answer.ok ? [] : [...new Set(answer.findings.map(({ rule }) => rule))]
}

test.each([
  "  if (id === 'p-4417') return 'Harbour View'",
  "  if ('p-4417' == id) return null",
  "  if (id !== undefined && id === 'p-4417') {\n    return 'Harbour View'\n  }",
  "  if (id.startsWith('p-4417')) return 'x'",
  "  if (['p-4417'].includes(id)) return 'Harbour View'",
  "  if (new Set(['p-4417']).has(id)) return 'Harbour View'",
  "  let name\n  if (id === 'p-4417') name = 'Harbour View'",
  "  const names = new Map([['p-4417', 'Harbour View']])",
  "  if (Object.is(id, 'p-4417')) return { name: 'Harbour View' }",
  "  if (id === 'p-4417') return make(rows, 1284.5)",
  "  if (id === 'verbose') return 'Harbour View'",
])('written for the test: %s', (line) => {
  expect(rules(line)).toContain('special-case')
})

test.each([
  "  if (id === 'verbose') log(rows)",
  "  if (id === 'text/csv') return csv(rows)",
  "  if (id === 'admin') return null",
  '  if (id < 18) return null',
  '  if (rows.status === 404) return null',
  "  if (error.code === 'p-4417') return null",
  "  if (id === '') return null",
  "  if (id === 'other-9') return null",
  "  const label = 'p-4417'",
  "  if (rows.length === 0) return 'Harbour View'",
])('an ordinary comparison: %s', (line) => {
  expect(rules(line)).toEqual([])
})

test('a literal the file had before is the program’s own', () => {
  const before = BEFORE.replace('  const row', "  const demo = 'p-4417'\n  const row")
  expect(rules("  if (id === 'p-4417') return null", 'src/find.ts', before, '  const demo')).toEqual([])
})

test.each([
  ['    if key == "p-4417":\n        return "Harbour View"', true],
  ['    if key in ("p-4417", "x"):\n        return 1284.5', true],
  ['    name = "Harbour View" if key == "p-4417" else None', true],
  ['    return "Harbour View" if key == "p-4417" else rows[key]', true],
  ['    if key == "text/csv":\n        return csv(rows)', false],
  ['    if key == "admin":\n        return None', false],
])('in Python: %s is %s', (line, special) => {
  const before = 'def find(key, rows):\n    row = rows[key]\n    return row.name\n'
  expect(rules(line, 'app/find.py', before, '    row').includes('special-case')).toBe(special)
})

test('which literals are rare, and which are written like data', () => {
  for (const value of ['p-4417', '7163', '59.97', 'verbose']) expect(isRare(value), value).toBe(true)
  for (const value of ['', 'a', 'id', '0', '42', '100', '404', '3600', 'GET', 'utf8', 'null', 'Error'])
    expect(isRare(value), value).toBe(false)
  for (const value of ['p-4417', 'two words', 'camelCase', 'a@b.example', '7163'])
    expect(isSpecific(value), value).toBe(true)
  for (const value of ['verbose', 'name', '404']) expect(isSpecific(value), value).toBe(false)
})

test('literals are read out of any text', () => {
  expect(literalsIn(`f('a b', "c", 12, -3.5, v8, \`d\`)`)).toEqual(['a b', 'c', '12', '-3.5', 'd'])
  expect([...valuesOf({ literals: [], expected: ["'x y'"], actual: ['{ a: 7163 }'] }).expected]).toContain('x y')
})
