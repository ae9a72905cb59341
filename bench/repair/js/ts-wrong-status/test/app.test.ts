import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { createApp } from '../src/app.ts'

describe('tasks', () => {
  let app: ReturnType<typeof createApp>
  beforeEach(() => {
    app = createApp()
    app({ method: 'POST', path: '/tasks', body: { title: 'Sweep' } })
  })

  it('are created', () => {
    const { status, body } = app({ method: 'POST', path: '/tasks', body: { title: ' Mop ' } })
    assert.equal(status, 201)
    assert.deepEqual(body, { id: 2, title: 'Mop', done: false })
  })

  it('need a title', () => {
    assert.equal(app({ method: 'POST', path: '/tasks', body: {} }).status, 400)
  })

  it('are removed once', () => {
    assert.equal(app({ method: 'DELETE', path: '/tasks/1' }).status, 204)
    assert.equal(app({ method: 'DELETE', path: '/tasks/1' }).status, 404)
  })
})
