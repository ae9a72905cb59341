import assert from 'node:assert/strict'
import test from 'node:test'
import { Emitter } from '../src/emitter.js'
import { Store } from '../src/store.js'

test('listeners are called in order', () => {
  const emitter = new Emitter()
  const seen = []
  emitter.on('a', (x) => seen.push(`1${x}`))
  emitter.on('a', (x) => seen.push(`2${x}`))
  assert.equal(emitter.emit('a', '!'), 2)
  assert.deepEqual(seen, ['1!', '2!'])
})

test('once is once, and the others still hear', () => {
  const emitter = new Emitter()
  const seen = []
  emitter.once('a', () => seen.push('once'))
  emitter.on('a', () => seen.push('always'))
  emitter.emit('a')
  emitter.emit('a')
  assert.deepEqual(seen, ['once', 'always', 'always'])
})

test('who leaves is not called again', () => {
  const emitter = new Emitter()
  const off = emitter.on('a', () => assert.fail('called'))
  assert.equal(off(), true)
  assert.equal(off(), false)
  assert.equal(emitter.emit('a'), 0)
})

test('waiting for a value', async () => {
  const store = new Store(1)
  const waiting = store.until((value) => value > 2)
  store.set(2)
  store.set(3)
  assert.equal(await waiting, 3)
  assert.equal(store.set(3), 0)
})
