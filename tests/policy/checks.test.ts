import { expect, test } from 'vitest'
import { worse } from '../../lib/policy/checks.ts'

test.each([
  [0, 0, null],
  [2, 2, null],
  [3, 2, null],
  [0, 1, '`lint` finds 1 problems with it, 0 without'],
  [2, 3, '`lint` finds 3 problems with it, 2 without'],
  // What nobody could look at speaks against nothing; what stopped it does.
  [null, 3, null],
  [null, null, null],
  [3, null, '`lint` comes to no end with it, and did without'],
])('%s before and %s after', (before, after, why) => {
  expect(worse('lint', before, after)).toBe(why)
})
