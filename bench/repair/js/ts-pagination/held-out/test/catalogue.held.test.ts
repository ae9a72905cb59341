import assert from 'node:assert/strict'
import { test } from 'node:test'
import { products, search } from '../src/catalogue.ts'
import { paginate } from '../src/paginate.ts'

test('every product is on one page, in order', () => {
  const all = products(31)
  const seen = [1, 2, 3, 4].flatMap((page) => search(all, '', page).items.map(({ id }) => id))
  assert.deepEqual(seen, all.map(({ id }) => id))
})

test('a full last page is the last one', () => {
  assert.deepEqual(paginate([1, 2, 3, 4], 2, 2), { items: [3, 4], page: 2, pages: 2, total: 4, previous: 1, next: null })
})
