import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test('a letter names patient and reason', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/referrals/ref-1/letter')
  assert.deepEqual(body, { letter: 'Dear colleague, please see Amara Obi about knee pain.' })
})
