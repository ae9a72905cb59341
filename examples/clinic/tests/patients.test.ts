import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test('a patient is shown', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/patients/pt-2')
  assert.deepEqual(body, { patient: { id: 'pt-2', name: 'Ben Castell', consent: true } })
})

test('an unknown patient is not found', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { status, body } = await clinic.get('/api/patients/pt-970')
  assert.equal(status, 404)
  assert.deepEqual(body, { error: 'patient not found' })
})
