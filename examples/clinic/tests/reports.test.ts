import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test('activity of all practices', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { status, body } = await clinic.get('/api/reports/activity')
  assert.equal(status, 200)
  assert.deepEqual(body, {
    heading: 'All practices',
    years: [
      { year: 2023, visits: 42 },
      { year: 2024, visits: 42 },
      { year: 2025, visits: 42 },
    ],
  })
})

test('activity of one practice', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/reports/activity?practice=p-3')
  assert.equal(body.heading, 'Canal Street')
  assert.deepEqual((body.years as object[])[0], { year: 2023, visits: 7 })
})

test('all invoices are reported', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/reports/invoices')
  assert.equal((body.invoices as object[]).length, 6)
})
