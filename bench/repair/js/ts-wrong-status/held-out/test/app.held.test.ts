import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../src/app.ts'

test('removing what is not there says so, and nothing else changes', () => {
  const app = createApp()
  app({ method: 'POST', path: '/tasks', body: { title: 'Sweep' } })
  assert.deepEqual(app({ method: 'DELETE', path: '/tasks/7' }), { status: 404, body: { error: 'no such task' } })
  assert.deepEqual(app({ method: 'DELETE', path: '/tasks/1' }), { status: 204, body: null })
  assert.deepEqual(app({ method: 'GET', path: '/tasks/1' }), { status: 404, body: { error: 'no such task' } })
})
