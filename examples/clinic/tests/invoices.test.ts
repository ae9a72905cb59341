import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test('an invoice is shown in pounds', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/billing/invoices/inv-2')
  assert.deepEqual(body, { id: 'inv-2', amount: '£132.50', refunded: '£0.00' })
})

test('an unknown invoice is not found', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  assert.equal((await clinic.get('/api/billing/invoices/inv-97')).status, 404)
})
