import assert from 'node:assert/strict'
import test from 'node:test'
import { addMonths, isLeapYear, iso } from '../src/calendar.js'
import { billingDays, nextBill } from '../src/invoices.js'

const day = (text) => new Date(`${text}T00:00:00Z`)

test('a day every month has is kept', () => {
  assert.deepEqual(billingDays('2024-01-15', 'monthly', 3), ['2024-01-15', '2024-02-15', '2024-03-15'])
})

test('a year later', () => {
  assert.equal(iso(addMonths(day('2023-05-10'), 12)), '2024-05-10')
})

test('months before', () => {
  assert.equal(iso(addMonths(day('2024-01-10'), -2)), '2023-11-10')
})

test('leap years', () => {
  assert.equal(isLeapYear(2024), true)
  assert.equal(isLeapYear(1900), false)
})

test('the last day of the month stays the last day', () => {
  assert.deepEqual(billingDays('2023-12-31', 'monthly', 5), [
    '2023-12-31',
    '2024-01-31',
    '2024-02-29',
    '2024-03-31',
    '2024-04-30',
  ])
})

test('the next bill', () => {
  assert.equal(nextBill('2024-01-05', 'monthly', '2024-03-05'), '2024-04-05')
  assert.throws(() => billingDays('2024-01-05', 'weekly', 2), RangeError)
})
