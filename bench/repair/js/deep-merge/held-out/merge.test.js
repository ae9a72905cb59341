import assert from 'node:assert/strict'
import test from 'node:test'
import { loadConfig } from '../src/config.js'
import { merge } from '../src/merge.js'

test('null on either side', () => {
  assert.deepEqual(merge({ a: null }, { a: { b: 1 } }), { a: { b: 1 } })
  assert.deepEqual(merge({ a: { b: 1 } }, { a: null }), { a: null })
  assert.deepEqual(merge({ a: null }, { a: null }), { a: null })
})

test('a section switched off and on again', () => {
  assert.deepEqual(loadConfig({ log: null }, { log: { level: 'warn' } }).log, { level: 'warn' })
})

test('deep values are joined, others untouched', () => {
  const base = { a: { b: { c: 1, d: 2 } }, e: 3 }
  assert.deepEqual(merge(base, { a: { b: { c: 9 } } }), { a: { b: { c: 9, d: 2 } }, e: 3 })
  assert.deepEqual(base, { a: { b: { c: 1, d: 2 } }, e: 3 })
  assert.deepEqual(merge({ a: [1] }, { a: { 0: 2 } }), { a: { 0: 2 } })
})
