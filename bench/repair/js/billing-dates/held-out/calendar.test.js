import assert from 'node:assert/strict'
import test from 'node:test'
import { addMonths, daysInMonth, iso } from '../src/calendar.js'

test('every month of two years', () => {
  const lengths = (year) => Array.from({ length: 12 }, (_, month) => daysInMonth(year, month))
  assert.deepEqual(lengths(2023), [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
  assert.deepEqual(lengths(2024), [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
})

test('backwards into a shorter month', () => {
  assert.equal(iso(addMonths(new Date('2024-05-31T00:00:00Z'), -3)), '2024-02-29')
})
