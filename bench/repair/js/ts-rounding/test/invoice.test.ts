import assert from 'node:assert/strict'
import { test } from 'node:test'
import { invoiceOf, summary } from '../src/invoice.ts'

test('an invoice of whole amounts', () => {
  assert.equal(summary(invoiceOf([{ name: 'Pot', price: '10', count: 2 }])), 'net 20.00, VAT 4.00, total 24.00')
})

test('an invoice of odd amounts', () => {
  const invoice = invoiceOf([{ name: 'Mug', price: '19.99', count: 3 }])
  assert.equal(summary(invoice), 'net 59.97, VAT 11.99, total 71.96')
})

test('a price that is none', () => {
  assert.throws(() => invoiceOf([{ name: 'Mug', price: 'free', count: 1 }]), /Mug has no price/)
})
