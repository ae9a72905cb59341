import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bills } from '../src/bills.ts'
import { allBookings } from '../src/repository.ts'

test('every booking belongs to somebody who is billed', () => {
  const customers = new Set(allBookings().map(({ customerId }) => customerId))
  assert.deepEqual([...customers], ['c-1', 'c-2'])
  assert.equal(bills().length, customers.size)
  assert.equal(bills().some(({ name }) => name === 'unknown guest'), false)
})
