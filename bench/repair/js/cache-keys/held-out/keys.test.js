import assert from 'node:assert/strict'
import test from 'node:test'
import { keyOf } from '../src/cache.js'

test('three parameters in any order', () => {
  const all = [
    { a: 1, b: 2, c: 3 },
    { c: 3, a: 1, b: 2 },
    { b: 2, c: 3, a: 1 },
  ].map((query) => keyOf('GET', '/x', query))
  assert.equal(new Set(all).size, 1)
  assert.match(all[0], /a=1/)
  assert.match(all[0], /b=2/)
  assert.match(all[0], /c=3/)
})

test('names and values do not run into each other', () => {
  assert.notEqual(keyOf('GET', '/x', { a: 1, b: 2 }), keyOf('GET', '/x', { a: 2, b: 1 }))
  assert.notEqual(keyOf('GET', '/x', { a: 1 }), keyOf('GET', '/y', { a: 1 }))
  assert.equal(keyOf('GET', '/x', { a: undefined }), 'GET /x')
})
