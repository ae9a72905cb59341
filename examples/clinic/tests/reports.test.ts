import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test('activity of all practices', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { status, body } = await clinic.get('/api/reports/activity')
  assert.equal(status, 200)
  assert.deepEqual(body, {
    years: [
      { year: 2023, visits: 43 },
      { year: 2024, visits: 43 },
      { year: 2025, visits: 43 },
    ],
  })
})

test('activity of one practice names it', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/reports/activity?practice=p-3')
  assert.deepEqual((body.years as object[])[0], { practice: 'Canal Street', year: 2023, visits: 7 })
})

test('a practice nobody visited has no activity', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const answer = await clinic.get('/api/reports/activity?practice=p-97')
  assert.deepEqual(answer, { status: 200, body: { years: [] } })
})

test('all invoices are reported', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/reports/invoices')
  assert.equal((body.invoices as object[]).length, 6)
})
