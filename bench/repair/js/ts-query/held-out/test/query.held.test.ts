import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filterOf } from '../src/query.ts'

test('prices that are none, and one that is', () => {
  for (const text of ['', '%20', 'cheap', '-1', 'Infinity']) assert.equal(filterOf(`?max=${text}`).maxPrice, null)
  assert.equal(filterOf('?q=a').maxPrice, null)
  assert.equal(filterOf('?max=0').maxPrice, 0)
  assert.equal(filterOf('?max=12.5').maxPrice, 12.5)
})
