import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

const slotId = 's-p-1-tue-0920'

test('a slot is booked once', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const first = await clinic.post('/api/appointments/book', { slotId, patientId: 'pt-3' })
  assert.deepEqual(first, { status: 200, body: { booked: slotId, day: 'tue', time: '09:20' } })
  const again = await clinic.post('/api/appointments/book', { slotId, patientId: 'pt-3' })
  assert.deepEqual(again, first)
  const other = await clinic.post('/api/appointments/book', { slotId, patientId: 'pt-4' })
  assert.deepEqual(other, { status: 409, body: { error: 'slot is taken' } })
})

test('an unknown patient cannot book', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { status } = await clinic.post('/api/appointments/book', { slotId, patientId: 'pt-970' })
  assert.equal(status, 404)
})
