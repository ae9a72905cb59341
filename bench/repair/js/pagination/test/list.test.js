import assert from 'node:assert/strict'
import test from 'node:test'
import { list } from '../src/links.js'
import { readPaging } from '../src/paginate.js'

const items = Array.from({ length: 45 }, (_, at) => at + 1)

test('the first page links to the next and the last', () => {
  const { body, headers } = list('/orders', items, {})
  assert.equal(body.items.length, 20)
  assert.equal(headers.link, '</orders?page=2&size=20>; rel="next", </orders?page=3&size=20>; rel="last"')
})

test('a page in the middle links both ways', () => {
  const { body, headers } = list('/orders', items, { page: '2', size: '20' })
  assert.equal(body.items[0], 21)
  assert.match(headers.link, /rel="prev".*rel="next"/)
})

test('the last page has nothing after it', () => {
  const { body, headers } = list('/orders', items, { page: '3' })
  assert.deepEqual(body.items, [41, 42, 43, 44, 45])
  assert.equal(headers.link, '</orders?page=1&size=20>; rel="first", </orders?page=2&size=20>; rel="prev"')
})

test('sizes are kept within limits', () => {
  assert.deepEqual(readPaging({ page: '-1', size: '1000' }), { page: 1, size: 100 })
  assert.deepEqual(readPaging({ page: 'x' }), { page: 1, size: 20 })
})
