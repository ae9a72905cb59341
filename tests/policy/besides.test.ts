import { describe, expect, test } from 'vitest'
import { COMMAND, type TestCase } from '../../lib/domain/testRun.ts'
import { addedBy, changedBeside } from '../../lib/policy/besides.ts'
import { failed, passed, run, skipped } from './runs.ts'

const NEW = 'test/new.test.js'
const own = (id: string, state = failed): TestCase => ({ ...state(id), file: NEW })

describe('what a new file added', () => {
  const before = run([passed('a'), failed('b')])
  test.each<[why: string, one: TestCase, is: boolean]>([
    ['a test of it', own('n'), true],
    ['one the runner gives no file', { ...failed('n'), file: null }, true],
    ['one of another file', failed('n'), false],
    ['one that was there', own('a'), false],
    ['the command itself', { ...failed(COMMAND), file: null }, false],
  ])('%s: %s', (_, one, is) => {
    expect(addedBy(NEW, before, run([passed('a'), one])).map(({ id }) => id)).toEqual(is ? [one.id] : [])
  })
})

describe('what is different beside it', () => {
  const changed = (before: TestCase[][], after: TestCase[][]) => changedBeside(NEW, before.map(run), after.map(run))
  test.each<[why: string, before: TestCase[][], after: TestCase[][], ids: string[]]>([
    ['nothing', [[passed('a'), failed('b')]], [[passed('a'), failed('b'), own('n')]], []],
    ['one fails now', [[passed('a')]], [[failed('a'), own('n')]], ['a']],
    ['one fails in one run of three', [[passed('a')]], [[passed('a')], [failed('a')], [passed('a')]], ['a']],
    ['one passes now', [[failed('b')]], [[passed('b')]], ['b']],
    ['one is skipped now', [[passed('a')]], [[skipped('a')]], ['a']],
    ['one does not run any more', [[passed('a')]], [[own('n')]], ['a']],
    ['one of another file is new', [[passed('a')]], [[passed('a'), passed('z')]], ['z']],
    ['one that flickers by itself', [[passed('a')], [failed('a')]], [[passed('a')], [failed('a')]], []],
    ['one that flickers, and is gone', [[passed('a')], [failed('a')]], [[own('n')]], []],
    ['the command', [[{ ...failed(COMMAND), file: null }]], [[own('n')]], []],
  ])('%s', (_, before, after, ids) => {
    expect(changed(before, after)).toEqual(ids)
  })
})
