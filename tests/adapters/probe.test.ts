import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { httpProbe } from '../../lib/adapters/probe.http.ts'
import type { FixtureRequest } from '../../lib/domain/fixture.ts'

let app: Server
let other: Server
let met = 0
const portOf = (server: Server) => (server.address() as AddressInfo).port
const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

beforeAll(async () => {
  other = createServer((_, response) => {
    met += 1
    response.end()
  })
  app = createServer((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: `http://127.0.0.1:${portOf(other)}/` })
    else response.statusCode = request.url === '/broken' ? 500 : 201
    response.end('x'.repeat(100_000))
  })
  await Promise.all([listen(app), listen(other)])
})
afterAll(() => {
  app.close()
  other.close()
})

const get = (path: string): FixtureRequest => ({ method: 'GET', path, headers: {}, body: null })
const probe = (path: string) => httpProbe(`http://127.0.0.1:${portOf(app)}`, get(path))

test('it answers with the status and the time', async () => {
  const answer = await probe('/')
  expect(answer.status).toBe(201)
  expect(answer.ms).toBeGreaterThan(0)
  expect((await probe('/broken')).status).toBe(500)
})

test('redirects are not followed, and no path leads to another host', async () => {
  expect((await probe('/away')).status).toBe(302)
  const place = `127.0.0.1:${portOf(other)}/`
  for (const path of [`//${place}`, `/\\${place}`, `http://${place}`]) expect((await probe(path)).status).toBe(0)
  expect(met).toBe(0)
})

test('an app that does not answer is status 0', async () => {
  expect((await httpProbe('http://127.0.0.1:1', get('/'))).status).toBe(0)
})
