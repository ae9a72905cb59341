import assert from 'node:assert/strict'
import test from 'node:test'
import { Lru } from '../src/lru.js'

test('reading what is not there changes nothing', () => {
  const cache = new Lru(2)
  cache.set('a', undefined).set('b', 2)
  assert.equal(cache.get('x'), undefined)
  assert.deepEqual(cache.keys(), ['a', 'b'])
  assert.equal(cache.has('a'), true)
})

test('reading throws nobody out and keeps the value', () => {
  const gone = []
  const cache = new Lru(3, { onEvict: (key) => gone.push(key) })
  cache.set('a', 1).set('b', 2).set('c', 3)
  for (const key of ['b', 'a', 'b', 'b']) cache.get(key)
  assert.deepEqual(cache.keys(), ['c', 'a', 'b'])
  assert.equal(cache.get('b'), 2)
  cache.set('d', 4).set('e', 5)
  assert.deepEqual(gone, ['c', 'a'])
})
