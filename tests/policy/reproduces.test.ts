import { describe, expect, test } from 'vitest'
import type { Crash } from '../../lib/domain/crash.ts'
import { otherThan } from '../../lib/policy/reproduces.ts'

/** Whether a written test fails as an event did: every boundary of it, each by what it is refused for. */

const THERE: Crash = {
  ...{ type: 'TypeError', path: 'src/greet.js', function: 'greet', statement: 'return user.name' },
  message: 'Cannot read properties of undefined (reading "")',
}
const other = (over: Partial<Crash>, there: Partial<Crash> = {}) =>
  otherThan({ ...THERE, ...there }, { ...THERE, ...there, ...over })

test('the same error at the same statement of the same function is the same', () => {
  expect(other({})).toBeNull()
})

test.each<[why: string, here: Partial<Crash>, says: string]>([
  ['an assertion of its own', { type: 'AssertionError' }, 'another error'],
  ['thrown by the test itself', { path: 'test/greet.test.js', function: '', statement: null }, 'in another file'],
  ['another function', { function: 'show' }, 'in another function'],
  ['another line of it', { statement: 'return user.title' }, 'at another statement'],
  ['a line nobody knows', { statement: null }, 'at another statement'],
  ['no place of the repository', { path: null }, 'no place of this repository'],
])('%s is not', (_, here, says) => {
  expect(other(here)).toContain(says)
})

test('all of it is compared, the first difference is told, with both sides', () => {
  expect(other({ type: 'RangeError', path: 'b.js', function: 'b', statement: 'b()' })).toBe(
    'it fails with RangeError in b.js b (b()), and the event with TypeError in src/greet.js greet (return user.name): another error',
  )
})

describe('the message decides as well where the rest does not tell two faults apart', () => {
  const OTHER = { message: 'something else' }
  test.each<[why: string, there: Partial<Crash>]>([
    ['the event does not say which statement', { statement: null }],
    ['the function has no name', { function: '' }],
    ['a line throws what it was given', { statement: 'throw new TypeError(why)' }],
    ['it raises it', { statement: 'raise KeyError(name)' }],
    ['it panics', { statement: 'panic(err)' }],
    ['a class everything is thrown as', { type: 'Error' }],
    ['another such class', { type: 'RuntimeException' }],
    ['no class', { type: '' }],
  ])('%s', (_, there) => {
    expect(other(OTHER, there)).toContain('another message')
    expect(other({}, there)).toBeNull()
  })

  test('and not where a runtime says by itself what is wrong with a statement: it words it as it likes', () => {
    expect(other(OTHER)).toBeNull()
    expect(other({ ...OTHER, function: '' })).toContain('another message')
  })
})

test('a panic has no class, so its message is what is compared', () => {
  const there = { type: 'boundsError', message: 'runtime error: index out of range [#]' }
  expect(other({ type: 'panic' }, there)).toBeNull()
  expect(other({ type: 'panic', message: 'runtime error: nil' }, there)).toContain('another message')
  expect(other({ type: 'boundsError' }, { ...there, type: 'panic' })).toContain('another error')
})

test('a function that one side does not name is told apart by the rest', () => {
  expect(other({ function: '' })).toBeNull()
  expect(other({ function: '', statement: 'return user.title' })).toContain('another statement')
})

test('an event without a place here is never shown by anything', () => {
  expect(otherThan({ ...THERE, path: null }, THERE)).toBe('the event names no place of this repository')
})
