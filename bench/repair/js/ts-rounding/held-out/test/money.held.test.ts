import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatAmount, parseAmount } from '../src/money.ts'

test('every amount up to a hundred comes back as it was written', () => {
  for (let cents = 0; cents < 10_000; cents++) {
    const text = formatAmount(cents)
    assert.equal(parseAmount(text), cents, text)
  }
})

test('thousands may be grouped', () => {
  assert.equal(parseAmount('1,234.56'), 123456)
})
