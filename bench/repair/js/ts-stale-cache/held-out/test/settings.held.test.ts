import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SettingsService } from '../src/settings.ts'
import { memoryRows } from './rows.ts'

test('two changes one after the other both stay', async () => {
  const rows = memoryRows()
  const service = new SettingsService(rows, () => 0)
  await service.update('u1', { theme: 'dark' })
  await service.update('u1', { newsletter: true })
  assert.deepEqual(await service.of('u1'), { theme: 'dark', newsletter: true })
  assert.deepEqual(await rows.read('u1'), { theme: 'dark', newsletter: true })
})

test("a change does not touch another user's entry", async () => {
  const rows = memoryRows()
  const service = new SettingsService(rows, () => 0)
  await service.of('u2')
  await service.update('u1', { theme: 'dark' })
  const before = rows.reads
  await service.of('u2')
  assert.equal(rows.reads, before)
})
