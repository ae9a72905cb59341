import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SettingsService } from '../src/settings.ts'
import { memoryRows } from './rows.ts'

test('settings are read once a minute', async () => {
  const rows = memoryRows()
  let now = 0
  const service = new SettingsService(rows, () => now)
  await service.of('u1')
  await service.of('u1')
  assert.equal(rows.reads, 1)
  now = 60_001
  await service.of('u1')
  assert.equal(rows.reads, 2)
})

test('a change is seen at once', async () => {
  const service = new SettingsService(memoryRows(), () => 0)
  await service.update('u1', { theme: 'dark' })
  assert.deepEqual(await service.of('u1'), { theme: 'dark', newsletter: false })
})

test('what is forgotten is the default again', async () => {
  const service = new SettingsService(memoryRows(), () => 0)
  await service.forget('u1')
  assert.deepEqual(await service.of('u1'), { theme: 'light', newsletter: false })
})
