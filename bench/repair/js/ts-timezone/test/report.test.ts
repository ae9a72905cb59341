import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bestDay, dailyReport } from '../src/report.ts'

// The office in New York reads what the server in London writes.
process.env.TZ = 'America/New_York'

const SALES = [
  { at: '2026-03-01T02:30:00Z', cents: 500 },
  { at: '2026-03-01T12:00:00Z', cents: 250 },
  { at: '2026-03-03T23:59:59Z', cents: 100 },
]

test('a sale just after midnight counts for the new day', () => {
  assert.deepEqual(dailyReport(SALES, '2026-03-01', '2026-03-03'), [
    { day: '2026-03-01', sales: 2, cents: 750 },
    { day: '2026-03-02', sales: 0, cents: 0 },
    { day: '2026-03-03', sales: 1, cents: 100 },
  ])
})

test('sales outside of the days asked for are left out', () => {
  assert.deepEqual(dailyReport(SALES, '2026-03-02', '2026-03-02'), [{ day: '2026-03-02', sales: 0, cents: 0 }])
})

test('no sales, no best day', () => {
  assert.equal(bestDay(dailyReport([], '2026-03-01', '2026-03-02')), null)
})
