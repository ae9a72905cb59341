import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf } from '../src/days.ts'
import { bestDay, dailyReport } from '../src/report.ts'

test('the day is the same in every zone', () => {
  for (const zone of ['Pacific/Auckland', 'America/Los_Angeles', 'Europe/London']) {
    process.env.TZ = zone
    assert.equal(dayOf(new Date('2026-12-31T23:30:00Z')), '2026-12-31')
    assert.equal(dayOf(new Date('2027-01-01T00:30:00Z')), '2027-01-01')
  }
})

test('the best day is found across a month', () => {
  process.env.TZ = 'America/New_York'
  const sales = [
    { at: '2026-02-28T23:00:00Z', cents: 100 },
    { at: '2026-03-01T01:00:00Z', cents: 300 },
  ]
  assert.equal(bestDay(dailyReport(sales, '2026-02-27', '2026-03-02')), '2026-03-01')
})
