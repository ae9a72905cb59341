import { expect, test } from 'vitest'
import { boundedFailure } from '../../lib/parse/boundedFailure.ts'

test('parts are bounded and redacted, and what is not said has a plain stand-in', () => {
  const spot = { path: 'a.go', line: 1, column: null, function: null }
  const failure = boundedFailure({
    message: `mail anna@example.org ${'x'.repeat(5000)}`,
    actual: 'y'.repeat(3000),
    frames: Array(50).fill(spot),
  })
  expect(failure.type).toBe('Failure')
  expect(failure.message).toHaveLength(2000)
  expect(failure.message).not.toContain('anna@')
  expect([failure.actual?.length, failure.expected, failure.frames.length]).toEqual([2000, null, 20])
})
