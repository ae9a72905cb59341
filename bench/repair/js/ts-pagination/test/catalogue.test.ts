import assert from 'node:assert/strict'
import { test } from 'node:test'
import { caption, products, search } from '../src/catalogue.ts'

const all = products(25)

test('the first page', () => {
  const page = search(all, '', 1)
  assert.equal(caption(page, all), '1–10 of 25')
  assert.deepEqual([page.pages, page.previous, page.next], [3, null, 2])
})

test('the last page holds the rest', () => {
  const page = search(all, '', 3)
  assert.equal(page.items.length, 5)
  assert.deepEqual([page.previous, page.next], [2, null])
})

test('nothing found is one empty page', () => {
  const page = search(all, 'teapot', 1)
  assert.deepEqual([page.items, page.pages, page.next], [[], 1, null])
})
