import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test('a campaign is shown', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/campaigns/c-1')
  assert.deepEqual(body, { campaign: { id: 'c-1', title: 'Flu jabs', audience: 'over 65' } })
})

test('an unknown campaign is not found', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { status, body } = await clinic.get('/api/campaigns/c-97')
  assert.equal(status, 404)
  assert.deepEqual(body, { error: 'campaign not found' })
})
