import assert from 'node:assert/strict'
import test from 'node:test'
import { invoice, split } from '../src/invoice.js'
import { allocate, formatAmount, parseAmount } from '../src/money.js'

test('round prices', () => {
  const { net, gross, text } = invoice(
    [
      { price: '10.00', count: 2 },
      { price: '2.50', count: 1 },
    ],
    20,
  )
  assert.deepEqual([net, gross, text], [2250, 2700, '27.00 EUR'])
})

test('a price no binary fraction can hold', () => {
  assert.equal(invoice([{ price: '19.99', count: 1 }], 0).net, 1999)
})

test('a bill between three', () => {
  assert.deepEqual(split('10.00', ['ann', 'ben', 'cy']), { ann: '3.34 EUR', ben: '3.33 EUR', cy: '3.33 EUR' })
})

test('shares by weight', () => {
  assert.deepEqual(allocate(101, [1, 1, 2]), [26, 25, 50])
})

test('signs and separators', () => {
  assert.equal(parseAmount('1,250.00'), 125000)
  assert.equal(formatAmount(-5), '-0.05 EUR')
  assert.throws(() => parseAmount('ten'), TypeError)
})
