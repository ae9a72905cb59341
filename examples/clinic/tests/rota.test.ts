import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test("a practice's week comes from the rota", async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/practices/p-2/week')
  const week = body.week as object[]
  assert.equal(week.length, 2)
  assert.deepEqual(week[0], { day: 'mon', room: '1', clinicianId: null })
})

test('a practice without a rota has an empty week', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  assert.deepEqual((await clinic.get('/api/practices/p-6/week')).body, { week: [] })
})
