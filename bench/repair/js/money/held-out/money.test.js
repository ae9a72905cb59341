import assert from 'node:assert/strict'
import test from 'node:test'
import { invoice } from '../src/invoice.js'
import { parseAmount } from '../src/money.js'

test('every amount up to twenty is what it says', () => {
  for (let cents = 0; cents < 2000; cents += 1) {
    const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
    assert.equal(parseAmount(text), cents, text)
  }
})

test('below nothing', () => {
  assert.equal(parseAmount('-19.99'), -1999)
  assert.equal(parseAmount('-4.35'), -435)
})

test('many of one', () => {
  assert.equal(invoice([{ price: '1.15', count: 100 }], 0).net, 11500)
})
