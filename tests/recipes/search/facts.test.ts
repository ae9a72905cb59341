import { expect, test } from 'vitest'
import { differences, stretch } from '../../../lib/recipes/search/differences.ts'
import { factsOf } from '../../../lib/recipes/search/facts.ts'
import { parseValue, Raw } from '../../../lib/recipes/search/values.ts'
import { failureOf } from './tried.ts'

test.each([
  ['1', 1],
  ['-0.5', -0.5],
  ['12n', 12],
  ["'a\\nb'", 'a\nb'],
  ['"say \\"no\\""', 'say "no"'],
  ["'one ' +\n  'two'", 'one two'],
  ['undefined', undefined],
  ['[ 1, [ 2 ], null ]', [1, [2], null]],
  ["{ a: 1, 'b-c': [ true ] }", { a: 1, 'b-c': [true] }],
  ['Array [\n  1,\n  2,\n]', [1, 2]],
  ['Object {\n  "a": "b",\n}', { a: 'b' }],
])('%s is read back', (text, value) => {
  expect(parseValue(text)).toEqual(value)
})

test.each(['Promise { <pending> }', '[Function: f]', '2024-01-01T00:00:00.000Z', 'Map(1) { a => 1 }', ''])(
  '%s stays text',
  (text) => {
    expect(parseValue(text)).toBeInstanceOf(Raw)
  },
)

test.each(['[[[[[[[[[[[[[[[[[[', '{{{{', "'never ends", '[ 1, }', '{ a: { b: ] }', '+', `[${'['.repeat(5000)}`])(
  'text that is no value ends (%#)',
  (text) => {
    expect(() => parseValue(text)).not.toThrow()
  },
)

test('differences are the leaves, below the lists that hold them', () => {
  expect(differences({ a: [1, 2], b: 'x' }, { a: [1, 3], b: 'x' })).toEqual([
    { actual: [1, 2], expected: [1, 3] },
    { actual: 2, expected: 3 },
  ])
  expect(differences([1], [1])).toEqual([])
})

test('the stretch in which texts differ', () => {
  expect(stretch('a,b', 'a, b')).toEqual({ actual: '', expected: ' ', from: 2 })
  expect(stretch('same', 'same')).toEqual({ actual: '', expected: '', from: 4 })
})

const signs = (actual: string, expected: string, more: object = {}): string[] =>
  [...factsOf([{ test: 't', file: null, failure: failureOf({ actual, expected, ...more }) }]).signs].sort()

test.each([
  ['3', '4', ['number', 'one-off']],
  ['-3', '3', ['negated-number', 'number']],
  ['1998.9999999999998', '1999', ['fraction', 'number']],
  ['5', '0', ['falsy-lost', 'number']],
  ['NaN', '0', ['falsy-lost', 'nan', 'number']],
  ["' a '", "'a'", ['longer', 'space', 'string']],
  ["'A'", "'a'", ['case', 'string']],
  ['true', 'false', ['boolean', 'falsy-lost']],
  ['[ 3, 2, 1 ]', '[ 1, 2, 3 ]', ['number', 'order', 'reversed']],
  ['[ 2, 1, 3 ]', '[ 1, 2, 3 ]', ['number', 'one-off', 'order']],
  ['[ 1 ]', '[ 1, 2 ]', ['fewer', 'one-off']],
  ['[ 1, 2, 3 ]', '[ 1 ]', ['more']],
  ['undefined', '3', ['undefined']],
  ['null', "'a'", ['nullish']],
  ["'1'", '1', ['kind']],
  ['Promise { <pending> }', '1', ['promise']],
])('%s instead of %s', (actual, expected, found) => {
  expect(signs(actual, expected)).toEqual(found)
})

const told = (type: string, message: string): string[] =>
  [...factsOf([{ test: 't', file: null, failure: failureOf({ type, message }) }]).signs].sort()

test.each([
  ['TypeError', "Cannot read properties of undefined (reading 'a')", ['thrown', 'type-error']],
  ['ReferenceError', 'x is not defined', ['name-error', 'thrown']],
  ['RangeError', 'Maximum call stack size exceeded', ['range-error', 'thrown']],
  ['AssertionError', 'Missing expected exception.', ['not-thrown']],
  ['AssertionError', 'Expected values to be strictly equal:\n\n5 !== 6\n', ['number', 'one-off']],
  ['AssertionError', 'expected 5 to be 6 // Object.is equality', ['number', 'one-off']],
  ['Failure', 'test timed out after 1000ms', ['timeout']],
])('%s: %s', (type, message, found) => {
  expect(told(type, message)).toEqual(found)
})
