import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startClinic } from './clinic.ts'

test('practices are listed by id', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { status, body } = await clinic.get('/api/practices')
  assert.equal(status, 200)
  const practices = body.practices as { id: string }[]
  assert.deepEqual(
    practices.map(({ id }) => id),
    ['p-1', 'p-2', 'p-3', 'p-4', 'p-5', 'p-6'],
  )
})

test('a practice is shown with its phone', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/practices/p-2')
  assert.deepEqual(body, { practice: { id: 'p-2', name: 'Birchwood', phone: '020 7946 0110' } })
})

test('an unknown practice is not found', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { status, body } = await clinic.get('/api/practices/p-97/patients')
  assert.equal(status, 404)
  assert.deepEqual(body, { error: 'practice not found' })
})

test("a practice's patients are named, without their addresses", async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/practices/p-1/patients')
  const patients = body.patients as object[]
  assert.equal(patients.length, 7)
  assert.deepEqual(patients[0], { id: 'pt-1', name: 'Amara Obi' })
})
