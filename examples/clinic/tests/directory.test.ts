import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { startClinic } from './clinic.ts'

async function startDirectory(t: TestContext, status: number) {
  const server = createServer((req, res) => {
    res.writeHead(status, { 'content-type': 'application/json' })
    res.end(JSON.stringify({ asked: req.url }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.closeAllConnections())
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('an entry of the directory is handed on', async (t) => {
  const clinic = await startClinic(await startDirectory(t, 200))
  t.after(clinic.stop)
  const { body } = await clinic.get('/api/directory/G7')
  assert.deepEqual(body, { entry: { asked: '/clinicians/G7' } })
})

test('an unknown number is not found', async (t) => {
  const clinic = await startClinic(await startDirectory(t, 404))
  t.after(clinic.stop)
  assert.equal((await clinic.get('/api/directory/G7')).status, 404)
})
