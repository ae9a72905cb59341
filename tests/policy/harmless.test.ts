import { expect, test } from 'vitest'
import type { Failure, Frame } from '../../lib/domain/event.ts'
import { harmless } from '../../lib/policy/harmless.ts'
import { severityOf } from '../../lib/policy/severity.ts'

const foreign: Frame = { path: null, function: 'abortIncoming', line: 1, column: 1, inApp: false, context: null }
const ours: Frame = { ...foreign, path: 'src/upload.ts', inApp: true }
const failure = (type: string, message: string, more: Partial<Failure> = {}): Failure => ({
  ...{ type, message, frames: [foreign], handled: false, extension: false, causes: [{ type, message }] },
  ...more,
})

test.each<[string, Failure, RegExp]>([
  ['Node’s abort', failure('Error', 'aborted'), /hung up/],
  ['raw-body’s', failure('BadRequestError', 'request aborted'), /hung up/],
  ['a stream cut short', failure('Error', 'Premature close'), /hung up/],
  ['a fetch that was given up', failure('AbortError', 'This operation was aborted'), /gave up/],
  ['the same in another browser', failure('AbortError', 'The user aborted a request.'), /gave up/],
  ['a resize that waits for the next frame', failure('Error', 'ResizeObserver loop limit exceeded'), /next frame/],
  [
    'the same in newer words',
    failure('Error', 'ResizeObserver loop completed with undelivered notifications.'),
    /next frame/,
  ],
  ['another origin’s script', failure('Error', 'Script error.', { frames: [] }), /another origin/],
  ['an extension, whatever it says', failure('TypeError', 'x is null', { extension: true }), /extension/],
])('%s is left alone', (_, seen, why) => {
  expect(harmless({ failure: seen, routeFailed: 0 })).toMatch(why)
})

test.each<[string, Failure, number]>([
  ['the host counted failed requests of the route', failure('Error', 'aborted'), 1],
  ['a frame of ours is in the stack', failure('Error', 'aborted', { frames: [foreign, ours] }), 0],
  ['a frame of ours called the extension', failure('Error', 'x', { frames: [ours], extension: true }), 0],
  ['it merely contains the words', failure('Error', 'the upload was aborted by the scanner'), 0],
  ['another type says the same', failure('DatabaseError', 'aborted'), 0],
  ['an operation timed out', failure('TimeoutError', 'The operation was aborted due to timeout'), 0],
  ['a script error with more to it', failure('Error', 'Script error. at pay()'), 0],
  ['nothing known', failure('TypeError', 'x is not a function'), 0],
])('not where %s', (_, seen, routeFailed) => {
  expect(harmless({ failure: seen, routeFailed })).toBeNull()
})

test('what is left alone is a P4, with the reason as its own', () => {
  const facts = {
    ...{ healthFailures: 0, requests5m: { all: 0, failed: 0 }, users: null, route: null, handled: false },
    ...{ failedRequest: true, level: 'error' as const, kind: 'error' as const },
  }
  expect(severityOf(facts).severity).toBe('P2')
  expect(severityOf({ ...facts, harmless: 'The caller hung up.' })).toEqual({
    severity: 'P4',
    why: 'The caller hung up.',
  })
})
