import { expect, test } from 'vitest'
import { ROWS } from './statements.ts'
import { tried } from './tried.ts'

test.each(ROWS)('%s: %s', (operator, _title, diff, rank, failure = {}) => {
  expect(tried(diff, { ...failure, operator }).rank).toBeGreaterThan(0)
  const all = tried(diff, failure)
  expect([all.rank > 0, all.rank <= rank, all.rank]).toEqual([true, true, all.rank])
})
