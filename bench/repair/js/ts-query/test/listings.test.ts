import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Listing, searchListings } from '../src/listings.ts'

const ALL: Listing[] = [
  { title: 'Red lamp', price: 40, stock: 0, tags: ['light', 'red'] },
  { title: 'Blue lamp', price: 30, stock: 2, tags: ['light', 'blue'] },
  { title: 'Red chair', price: 80, stock: 1, tags: ['seat', 'red'] },
]
const titles = (search: string) => searchListings(ALL, search).map(({ title }) => title)

test('words and price', () => {
  assert.deepEqual(titles('?q=lamp'), ['Blue lamp', 'Red lamp'])
  assert.deepEqual(titles('?max=40'), ['Blue lamp', 'Red lamp'])
})

test('an empty price field is no limit', () => {
  assert.deepEqual(titles('?q=red&max='), ['Red lamp', 'Red chair'])
})

test('what is in stock', () => {
  assert.deepEqual(titles('?stock=on'), ['Blue lamp', 'Red chair'])
  assert.deepEqual(titles('?stock=0&q=lamp'), ['Blue lamp', 'Red lamp'])
})

test('tags, repeated or listed', () => {
  assert.deepEqual(titles('?tag=red&tag=light'), ['Red lamp'])
  assert.deepEqual(titles('?tag=red,seat'), ['Red chair'])
})
