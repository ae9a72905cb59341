import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test('a launch writes to the patients who agreed to it', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { status, body } = await clinic.post('/api/campaigns/launch', { practiceId: 'p-1' })
  assert.equal(status, 200)
  assert.deepEqual(body, { launched: 'Alder Grove', recipients: 4 })
})

test('a launch needs a practice', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { status, body } = await clinic.post('/api/campaigns/launch', { title: 'Flu jabs' })
  assert.equal(status, 400)
  assert.deepEqual(body, { error: 'practiceId is missing' })
})

test('a launch needs a body that can be read', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  for (const body of ['{', '7', 'null']) {
    const response = await clinic.send('/api/campaigns/launch', { method: 'POST', body })
    assert.equal(response.status, 400)
  }
})
