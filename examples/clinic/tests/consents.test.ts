import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test('answers from the desk are recorded', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const answer = await clinic.post('/api/patients/consents', { 'pt-1': true, 'pt-2': false })
  assert.deepEqual(answer, { status: 200, body: { recorded: 2 } })
  const { body } = await clinic.get('/api/patients/pt-1')
  assert.deepEqual(body, { patient: { id: 'pt-1', name: 'Amara Obi', consent: true } })
})

test('no answers are refused', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  assert.equal((await clinic.post('/api/patients/consents', null)).status, 400)
})
