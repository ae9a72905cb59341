import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bills } from '../src/bills.ts'
import { findCustomer } from '../src/repository.ts'

test('a bill for each customer, the loyal one with a discount', () => {
  assert.deepEqual(bills(), [
    { name: 'Lena Roy', nights: 7, total: 567 },
    { name: 'Tom Day', nights: 1, total: 90 },
  ])
})

test('nobody is found by a wrong id', () => {
  assert.equal(findCustomer('c-9'), null)
})
