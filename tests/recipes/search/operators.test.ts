import { expect, test } from 'vitest'
import { OPERATORS } from '../../../lib/recipes/search/operators.ts'
import { type Options, tried } from './tried.ts'

/** Operator, what is wrong, the diff, the failure, and the highest place the true text may have among all candidates. */
type Row = [operator: string, title: string, diff: string, rank: number, failure?: Options]

/** Templates among the cases are source, not ours. */
const template = (text: string): string => text.replaceAll('§', '$')

const line = (before: string, after: string): string => `
 function f(a, b, list) {
-  ${before}
+  ${after}
 }
`

const ROWS: Row[] = [
  ['comparison', 'a bound', line('if (a < b) return 1', 'if (a <= b) return 1'), 3],
  ['comparison', 'the wrong way', line('return a > b', 'return a < b'), 6, { actual: 'true', expected: 'false' }],
  ['comparison', 'unequal', line('return a === b', 'return a !== b'), 3, { actual: 'true', expected: 'false' }],
  ['arithmetic', 'plus', line('return a + b', 'return a - b'), 3, { actual: '5', expected: '1' }],
  ['arithmetic', 'a sum', line('a += b', 'a -= b'), 3, { actual: '5', expected: '1' }],
  ['arithmetic', 'a step', line('for (let i = b; i > 0; i++) a(i)', 'for (let i = b; i > 0; i--) a(i)'), 6],
  ['arithmetic', 'before or after', line('return a++', 'return ++a'), 3, { actual: '1', expected: '2' }],
  ['operands', 'a difference', line('return a - b', 'return b - a'), 4, { actual: '-3', expected: '3' }],
  ['operands', 'a sum first', line('return a + b * 2', 'return (a + b) * 2'), 12, { actual: '7', expected: '10' }],
  ['logical', 'a default', line('return a || 10', 'return a ?? 10'), 3, { actual: '10', expected: '0' }],
  ['logical', 'both', line('if (a || b) return 1', 'if (a && b) return 1'), 3],
  ['negation', 'one missing', line('if (a.has(b)) return 1', 'if (!a.has(b)) return 1'), 3],
  ['negation', 'of what is kept as an answer', line('const open = a.b || a.c > 1', 'const open = !a.b || a.c > 1'), 3],
  ['negation', 'one too many', line('return !a.has(b)', 'return a.has(b)'), 4, { actual: 'false', expected: 'true' }],
  [
    'off-by-one',
    'the last',
    line('return list[list.length]', 'return list[list.length - 1]'),
    4,
    { actual: 'undefined', expected: '3' },
  ],
  [
    'off-by-one',
    'an end',
    line('return list.slice(a, b)', 'return list.slice(a, b + 1)'),
    9,
    { actual: '[ 1 ]', expected: '[ 1, 2 ]' },
  ],
  ['off-by-one', 'a count', line('return b - a + 1', 'return b - a'), 3, { actual: '4', expected: '3' }],
  ['off-by-one', 'a page in a product', line('return a * b', 'return (a - 1) * b'), 12],
  ['off-by-one', 'a month', line('return new Date(a, b, 0)', 'return new Date(a, b + 1, 0)'), 4],
  [
    'number',
    'one more',
    line('return a.slice(0, 3)', 'return a.slice(0, 4)'),
    8,
    { actual: "'abc'", expected: "'abcd'" },
  ],
  ['number', 'the very number', line('return 404', 'return 400'), 1, { actual: '404', expected: '400' }],
  ['number', 'a unit', line('return a * 1000', 'return a * 60000'), 4, { actual: '2000', expected: '120000' }],
  [
    'text',
    'a separator',
    line("return list.join(',')", "return list.join(', ')"),
    3,
    { actual: "'a,b'", expected: "'a, b'" },
  ],
  [
    'text',
    'a word',
    line("return 'not fond'", "return 'not found'"),
    1,
    { actual: "'not fond'", expected: "'not found'" },
  ],
  [
    'text',
    'in a template',
    line(template('return `§{a}:§{b}`'), template('return `§{a}=§{b}`')),
    2,
    { actual: "'k:v'", expected: "'k=v'" },
  ],
  ['constant', 'yes', line('return false', 'return true'), 1, { actual: 'false', expected: 'true' }],
  ['constant', 'nothing', line('return null', 'return undefined'), 2, { actual: 'null', expected: 'undefined' }],
  ['variable', 'a neighbour', line('return a.filter((x) => x > a)', 'return a.filter((x) => x > b)'), 8],
  ['member', 'the other end', line('return list.shift()', 'return list.pop()'), 3, { actual: '1', expected: '3' }],
  [
    'member',
    'the other rounding',
    line('return Math.floor(a / b)', 'return Math.ceil(a / b)'),
    4,
    { actual: '1', expected: '2' },
  ],
  [
    'member',
    'the other clock',
    line('return a.getHours()', 'return a.getUTCHours()'),
    3,
    { actual: '3', expected: '1' },
  ],
  ['return', 'a result', line('a.find(b)', 'return a.find(b)'), 1, { actual: 'undefined', expected: '3' }],
  [
    'optional',
    'a read',
    line('return a.b.c', 'return a.b?.c'),
    3,
    { type: 'TypeError', message: "Cannot read properties of undefined (reading 'c')" },
  ],
  [
    'new',
    'an error',
    line("throw Failure('x')", "throw new Failure('x')"),
    3,
    { type: 'TypeError', message: 'Class constructor Failure cannot be invoked' },
  ],
  [
    'regular-expression',
    'only the first',
    line("return a.replace(/-/, '')", "return a.replace(/-/g, '')"),
    2,
    { actual: "'ab-c'", expected: "'abc'" },
  ],
  [
    'regular-expression',
    'text that is replaced once',
    line("return a.replace('-', '')", "return a.replace(/-/g, '')"),
    4,
    { actual: "'ab-c'", expected: "'abc'" },
  ],
  [
    'regular-expression',
    'an anchor',
    line('return /\\d+$/.test(a)', 'return /^\\d+$/.test(a)'),
    5,
    { actual: 'true', expected: 'false' },
  ],
  [
    'regular-expression',
    'any character',
    line('return /^a.b$/.test(a)', 'return /^a\\.b$/.test(a)'),
    6,
    { actual: 'true', expected: 'false' },
  ],
  [
    'regular-expression',
    'at least one',
    line('return a.split(/\\s*/)', 'return a.split(/\\s+/)'),
    5,
    { actual: "[ 'a', 'b' ]", expected: "[ 'ab' ]" },
  ],
  ['conversion', 'white space', line('return a', 'return a.trim()'), 4, { actual: "' a'", expected: "'a'" }],
  ['conversion', 'a number', line('return a', 'return Number(a)'), 4, { actual: "'1'", expected: '1' }],
  [
    'conversion',
    'cents',
    line('return a * 100', 'return Math.round(a * 100)'),
    8,
    { actual: '1998.9999999999998', expected: '1999' },
  ],
  [
    'presence',
    'zero is there',
    line('if (!a) return b', 'if (a === undefined) return b'),
    4,
    { actual: '5', expected: '0' },
  ],
  [
    'presence',
    'null is an object',
    line("return typeof a === 'object'", "return typeof a === 'object' && a !== null"),
    4,
    { actual: 'true', expected: 'false' },
  ],
  ['presence', 'at the front', line('if (a.indexOf(b)) return 1', 'if (a.indexOf(b) !== -1) return 1'), 5],
  [
    'presence',
    'not a number',
    line('return a === NaN', 'return Number.isNaN(a)'),
    5,
    { actual: 'false', expected: 'true' },
  ],
  ['clause', 'one too many', line('if (a && b) return 1', 'if (a) return 1'), 16],
  ['branches', 'a choice', line('return a ? 1 : 2', 'return a ? 2 : 1'), 9, { actual: '1', expected: '2' }],
  ['spread', 'a list', line('list.push(a)', 'list.push(...a)'), 6, { actual: '[ [ 1 ] ]', expected: '[ 1, 2 ]' }],
  ['spread', 'who wins', line('return { ...a, ...b }', 'return { ...b, ...a }'), 2],
  [
    'copy',
    'a sorted argument',
    line('return list.sort()', 'return [...list].sort()'),
    9,
    { actual: '[ 1, 2 ]', expected: '[ 2, 1 ]' },
  ],
  [
    'sorting',
    'numbers',
    line('return list.sort()', 'return list.sort((a, b) => a - b)'),
    2,
    { actual: '[ 10, 9 ]', expected: '[ 9, 10 ]' },
  ],
  [
    'sorting',
    'yes and no',
    line('return list.sort((x, y) => x > y)', 'return list.sort((x, y) => x - y)'),
    5,
    { actual: '[ 2, 1 ]', expected: '[ 1, 2 ]' },
  ],
  [
    'default',
    'nothing to begin with',
    line('return a.reduce((x, y) => x + y)', 'return a.reduce((x, y) => x + y, 0)'),
    3,
    { type: 'TypeError', message: 'Reduce of empty array with no initial value' },
  ],
  [
    'throw',
    'made, not thrown',
    line("if (!a) new Error('x')", "if (!a) throw new Error('x')"),
    2,
    { message: 'Missing expected exception.' },
  ],
  [
    'chain',
    'an order',
    line('return Object.keys(a)', 'return Object.keys(a).sort()'),
    2,
    { actual: "[ 'b', 'a' ]", expected: "[ 'a', 'b' ]" },
  ],
  [
    'argument',
    'the base',
    line('return a.map(parseInt)', 'return a.map(Number)'),
    4,
    { actual: '[ 1, NaN ]', expected: '[ 1, 2 ]' },
  ],
  [
    'sharing',
    'rows',
    line('return new Array(a).fill([])', 'return Array.from({ length: a }, () => [])'),
    4,
    { actual: '[ [ 1 ], [ 1 ] ]', expected: '[ [ 1 ], [] ]' },
  ],
]

test.each(ROWS)('%s: %s', (operator, _title, diff, rank, failure = {}) => {
  expect(tried(diff, { ...failure, operator }).rank).toBeGreaterThan(0)
  const all = tried(diff, failure)
  expect([all.rank > 0, all.rank <= rank, all.rank]).toEqual([true, true, all.rank])
})

test('operators have names of their own, and priors are shares', () => {
  const names = OPERATORS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(OPERATORS.filter(({ prior }) => !(prior > 0 && prior <= 1))).toEqual([])
})
