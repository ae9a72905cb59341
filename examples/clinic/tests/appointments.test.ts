import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test('a slot says whether it is free', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/appointments/s-p-1-mon-0900')
  assert.deepEqual(body, { slot: { id: 's-p-1-mon-0900', day: 'mon', time: '09:00', free: true } })
})

test('an unknown slot is not found', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  assert.equal((await clinic.get('/api/appointments/s-97')).status, 404)
})
