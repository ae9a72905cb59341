import assert from 'node:assert/strict'
import test from 'node:test'
import { keyOf } from '../src/cache.js'
import { makeClient } from '../src/client.js'

function counting() {
  const calls = []
  return { calls, fetchJson: async (path, query) => calls.push([path, query]) }
}

test('the same request is asked once', async () => {
  const { calls, fetchJson } = counting()
  const client = makeClient(fetchJson)
  await client.get('/users', { page: 1 })
  await client.get('/users', { page: 1 })
  assert.equal(calls.length, 1)
})

test('the order of parameters does not matter', async () => {
  const { calls, fetchJson } = counting()
  const client = makeClient(fetchJson)
  await client.get('/users', { page: 1, sort: 'name' })
  await client.get('/users', { sort: 'name', page: 1 })
  assert.equal(calls.length, 1)
})

test('other parameters are another request', async () => {
  const { calls, fetchJson } = counting()
  const client = makeClient(fetchJson)
  await client.get('/users', { page: 1 })
  await client.get('/users', { page: 2 })
  await client.get('/users', {})
  assert.equal(calls.length, 3)
})

test('an entry ends', async () => {
  let now = 0
  const { calls, fetchJson } = counting()
  const client = makeClient(fetchJson, { ttl: 10, now: () => now })
  await client.get('/a')
  now = 10
  await client.get('/a')
  assert.equal(calls.length, 2)
})

test('values are escaped', () => {
  assert.equal(keyOf('get', '/a', { q: 'x&y=1' }), 'GET /a?q=x%26y%3D1')
})
