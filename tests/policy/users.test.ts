import { expect, test } from 'vitest'
import { usersOf } from '../../lib/policy/users.ts'

test.each([
  ['distinct ids', { ids: 7, anonymousFailures: 0, requests: 30 }, 7],
  ['never more users than requests', { ids: 500, anonymousFailures: 0, requests: 3 }, 3],
  ['one failure without an id', { ids: 7, anonymousFailures: 1, requests: 30 }, null],
  ['a CI failure has none', { ids: 0, anonymousFailures: 0, requests: 0 }, 0],
  ['not a number', { ids: Number.NaN, anonymousFailures: 0, requests: 3 }, null],
  ['negative', { ids: -1, anonymousFailures: 0, requests: 3 }, null],
  ['endless', { ids: 1, anonymousFailures: 0, requests: Number.POSITIVE_INFINITY }, null],
])('%s', (_, facts, users) => {
  expect(usersOf(facts)).toBe(users)
})
