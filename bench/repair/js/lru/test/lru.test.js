import assert from 'node:assert/strict'
import test from 'node:test'
import { Lru } from '../src/lru.js'

test('the oldest entry goes first', () => {
  const cache = new Lru(2)
  cache.set('a', 1).set('b', 2).set('c', 3)
  assert.deepEqual(cache.keys(), ['b', 'c'])
})

test('an entry that was read stays', () => {
  const cache = new Lru(2)
  cache.set('a', 1).set('b', 2)
  assert.equal(cache.get('a'), 1)
  cache.set('c', 3)
  assert.deepEqual(cache.keys(), ['a', 'c'])
})

test('an entry that was written again stays', () => {
  const cache = new Lru(2)
  cache.set('a', 1).set('b', 2).set('a', 3).set('c', 4)
  assert.deepEqual(cache.keys(), ['a', 'c'])
})

test('who is thrown out is told', () => {
  const gone = []
  const cache = new Lru(1, { onEvict: (key, value) => gone.push([key, value]) })
  cache.set('a', 1).set('b', 2)
  assert.deepEqual(gone, [['a', 1]])
})

test('a cache holds something', () => {
  assert.throws(() => new Lru(0), RangeError)
})
