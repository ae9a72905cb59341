import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test('an invoice is refunded once', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const refund = () => clinic.post('/api/billing/refund', { invoiceId: 'inv-1' })
  assert.deepEqual((await refund()).body, { refunded: '£125.00' })
  assert.deepEqual((await refund()).body, { refunded: '£0.00' })
})
