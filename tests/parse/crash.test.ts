import { describe, expect, test } from 'vitest'
import type { Failure, Frame } from '../../lib/domain/event.ts'
import type { Spot } from '../../lib/domain/repair.ts'
import { crashOfEvent, crashOfTest } from '../../lib/parse/crash.ts'
import { failure } from '../policy/runs.ts'

/** An event and a failing test said in one way, so that they can be compared. */

const TEXTS = { 'src/a.js': 'one()\n  const x  =  user.name\nthree()\n', 'test/a.test.js': 'a()\n' }

const frame = (over: Partial<Frame> = {}): Frame => ({
  ...{ path: 'src/a.js', function: 'greet', line: 2, column: 3, inApp: true, context: '  const x = user.name' },
  ...over,
})
const event = (frames: Frame[], over: Partial<Failure> = {}): Failure => ({
  ...{ type: 'TypeError', message: "no 'ada' of 17", frames, handled: false, extension: false, causes: [] },
  ...over,
})
const spot = (over: Partial<Spot> = {}): Spot => ({ path: 'src/a.js', line: 2, column: 1, function: 'greet', ...over })

test('both name the place, the statement and the message in the same way', () => {
  const there = crashOfEvent(event([frame()]), TEXTS)
  expect(there).toEqual({
    ...{ type: 'TypeError', path: 'src/a.js', function: 'greet', statement: 'const x = user.name' },
    message: 'no "" of #',
  })
  const here = failure({
    type: 'TypeError',
    message: "no 'bob' of 3",
    frames: [spot(), spot({ path: 'test/a.test.js' })],
  })
  expect(crashOfTest(here, TEXTS)).toEqual(there)
})

describe('the place of an event', () => {
  test('is the innermost that lies in these files, and has a line', () => {
    const frames = [
      frame({ path: null }),
      frame({ path: 'src/gone.js' }),
      frame({ line: null }),
      frame({ path: 'toString' }),
      frame({ function: 'caller' }),
      frame({ function: 'main' }),
    ]
    expect(crashOfEvent(event(frames), TEXTS)).toMatchObject({ path: 'src/a.js', function: 'caller' })
    expect(crashOfEvent(event(frames.slice(0, 4)), TEXTS)).toMatchObject({ path: null, function: '', statement: null })
  })

  test.each([
    ['it is not told', null],
    ['it is empty', '   '],
    ['it stands there no more', 'const x = user.title'],
  ])('has no statement where %s', (_, context) => {
    expect(crashOfEvent(event([frame({ context })]), TEXTS).statement).toBeNull()
  })

  test('has one that moved to another line', () => {
    expect(crashOfEvent(event([frame({ line: 99 })]), TEXTS).statement).toBe('const x = user.name')
  })
})

test('a test that fails nowhere in the repository, or past the end of a file, has no statement', () => {
  expect(crashOfTest(failure({ frames: [] }), TEXTS)).toMatchObject({ path: null, function: '', statement: null })
  expect(crashOfTest(failure({ frames: [spot({ line: 50 })] }), TEXTS).statement).toBeNull()
  expect(crashOfTest(failure({ frames: [spot({ path: 'other.js' })] }), TEXTS).statement).toBeNull()
})

test.each([
  ['TypeError', 'TypeError'],
  ['java.lang.IllegalStateException', 'IllegalStateException'],
  ['app.errors.NotFound', 'NotFound'],
  ['*errors.errorString', 'errorString'],
  ['std::io::Error', 'Error'],
  ['', ''],
])('the type %s is %s', (type, bare) => {
  expect(crashOfTest(failure({ type }), TEXTS).type).toBe(bare)
})

test.each([
  ['greet', 'greet'],
  ['async greet', 'greet'],
  ['Object.greet', 'greet'],
  ['Greeter.greet', 'greet'],
  ['main.greet', 'greet'],
  ['new Greeter', 'Greeter'],
  ['<anonymous>', ''],
  [null, ''],
])('the function %s is %j', (name, bare) => {
  expect(crashOfTest(failure({ frames: [spot({ function: name })] }), TEXTS).function).toBe(bare)
})
