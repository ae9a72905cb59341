import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test('a clinician is shown', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/clinicians/cl-1')
  assert.deepEqual(body, { clinician: { id: 'cl-1', name: 'Dr Amara Obi', practiceId: 'p-1' } })
})

test('an unknown clinician is not found', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { status, body } = await clinic.get('/api/clinicians/cl-97')
  assert.equal(status, 404)
  assert.equal(body.error, 'clinician not found')
})
