import assert from 'node:assert/strict'
import { test } from 'node:test'
import { json } from '../src/http.ts'
import { match, route } from '../src/router.ts'
import { startClinic } from './clinic.ts'

test('the service says that it is well', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  assert.deepEqual(await clinic.get('/healthz'), { status: 200, body: { ok: true } })
})

test('an unknown route is not found', async (t) => {
  const clinic = await startClinic()
  t.after(clinic.stop)
  for (const path of ['/api/nowhere', '//', '/%']) assert.equal((await clinic.get(path)).status, 404)
})

test('a route fits by method, length and fixed segments', () => {
  const routes = [route('GET /a/:id/b', () => 'first'), route('POST /a/:id', () => 'second')]
  assert.deepEqual(match(routes, 'GET', '/a/7/b')?.params, { id: '7' })
  assert.deepEqual(match(routes, 'POST', '/a/8')?.params, { id: '8' })
  assert.equal(match(routes, 'GET', '/a/7'), null)
  assert.equal(match(routes, 'GET', '/a/7/c'), null)
})

test('a handler that fails is answered for, and one that fails late changes nothing', async (t) => {
  const fail = () => {
    throw new Error('out of paper')
  }
  const late = route('GET /late', ({ res }) => {
    json(res, 200, { printed: true })
    fail()
  })
  const clinic = await startClinic(undefined, [route('GET /fails', fail), late])
  t.after(clinic.stop)
  assert.deepEqual(await clinic.get('/fails'), { status: 500, body: { error: 'internal' } })
  assert.deepEqual(await clinic.get('/late'), { status: 200, body: { printed: true } })
  assert.equal((await clinic.get('/late')).status, 200)
})
