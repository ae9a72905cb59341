import assert from 'node:assert/strict'
import test from 'node:test'
import { list } from '../src/links.js'
import { paginate } from '../src/paginate.js'

test('a full last page is the last page', () => {
  assert.equal(paginate([1, 2, 3, 4], { page: 2, size: 2 }).hasNext, false)
  assert.equal(paginate([1, 2, 3, 4], { page: 1, size: 2 }).hasNext, true)
})

test('an empty list is one page', () => {
  const { pages, hasNext, hasPrevious } = paginate([], { page: 1, size: 10 })
  assert.deepEqual([pages, hasNext, hasPrevious], [1, false, false])
})

test('two pages', () => {
  assert.match(list('/a', [1, 2, 3], { size: '2' }).headers.link, /page=2&size=2>; rel="next"/)
})

test('beyond the end', () => {
  assert.equal(paginate([1, 2, 3], { page: 9, size: 2 }).hasNext, false)
})
