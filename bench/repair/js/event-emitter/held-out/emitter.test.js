import assert from 'node:assert/strict'
import test from 'node:test'
import { Emitter } from '../src/emitter.js'

test('who comes while it is called waits for the next time', () => {
  const emitter = new Emitter()
  const seen = []
  emitter.on('a', () => {
    seen.push('first')
    if (seen.length === 1) emitter.on('a', () => seen.push('late'))
  })
  assert.equal(emitter.emit('a'), 1)
  assert.deepEqual(seen, ['first'])
  emitter.emit('a')
  assert.deepEqual(seen, ['first', 'first', 'late'])
})

test('many who leave at once', () => {
  const emitter = new Emitter()
  const seen = []
  for (const name of ['a', 'b', 'c', 'd']) emitter.once('x', () => seen.push(name))
  emitter.emit('x')
  assert.deepEqual(seen, ['a', 'b', 'c', 'd'])
  assert.equal(emitter.count('x'), 0)
})

test('off takes one, and only what is there', () => {
  const emitter = new Emitter()
  const listener = () => {}
  emitter.on('a', listener)
  emitter.on('a', listener)
  assert.equal(emitter.off('a', listener), true)
  assert.equal(emitter.count('a'), 1)
  assert.equal(emitter.off('b', listener), false)
})
