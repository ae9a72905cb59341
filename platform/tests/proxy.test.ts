import { once } from 'node:events'
import { createServer, type RequestListener, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { forward } from '../proxy.ts'
import { until } from './harness.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** A proxy before an app; `statuses` are what was counted. */
async function proxied(
  app: RequestListener,
  silenceMs = 5000,
): Promise<{ url: string; port: number; statuses: number[] }> {
  const behind = await serve(app)
  const statuses: number[] = []
  const port = await serve((incoming, answer) => forward(incoming, answer, behind, (s) => statuses.push(s), silenceMs))
  return { url: `http://127.0.0.1:${port}`, port, statuses }
}

test('passes method, path, headers and body, and the answer back', async () => {
  const { url, statuses } = await proxied(async (incoming, answer) => {
    let body = ''
    for await (const chunk of incoming) body += chunk
    answer.writeHead(418, { 'set-cookie': ['a=1', 'b=2'], 'x-own': 'yes', connection: 'x-hop', 'x-hop': 'no' })
    answer.end(JSON.stringify({ method: incoming.method, url: incoming.url, headers: incoming.headers, body }))
  })
  const headers = { 'x-user-id': 'u7', te: 'gzip', 'x-forwarded-for': '1.2.3.4', 'proxy-authorization': 'secret' }
  const response = await fetch(`${url}/a/b?c=d`, { method: 'POST', headers, body: 'hello' })
  expect(response.status).toBe(418)
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect([response.headers.get('x-own'), response.headers.get('x-hop')]).toEqual(['yes', null])
  const seen = await response.json()
  expect(seen).toMatchObject({ method: 'POST', url: '/a/b?c=d', body: 'hello' })
  expect(seen.headers).toMatchObject({ 'x-user-id': 'u7', 'x-forwarded-for': '127.0.0.1', host: url.slice(7) })
  expect(seen.headers).not.toHaveProperty('te')
  expect(seen.headers).not.toHaveProperty('proxy-authorization')
  await until(
    () => Promise.resolve(statuses),
    (all) => all.length === 1,
  )
  expect(statuses).toEqual([418])
})

test('a body of unknown length arrives whole', async () => {
  const { port } = await proxied(async (incoming, answer) => {
    let size = 0
    for await (const chunk of incoming) size += chunk.length
    answer.end(String(size))
  })
  const outgoing = request({ port, method: 'POST', host: '127.0.0.1' })
  for (let i = 0; i < 20; i++) outgoing.write(Buffer.alloc(10_000))
  outgoing.end()
  const [response] = await once(outgoing, 'response')
  let text = ''
  for await (const chunk of response) text += chunk
  expect(text).toBe('200000')
})

test('an app that does not answer is 502, one that says nothing is 504', async () => {
  const gone = await proxied((incoming) => incoming.socket.destroy())
  expect((await fetch(gone.url)).status).toBe(502)
  expect(gone.statuses).toEqual([502])
  const silent = await proxied(() => {}, 50)
  expect((await fetch(silent.url)).status).toBe(504)
  expect(silent.statuses).toEqual([504])
})

test('an answer that breaks off is counted as failed, and the caller sees it broken', async () => {
  const { url, statuses } = await proxied((_, answer) => {
    answer.writeHead(200, { 'content-length': '100' })
    answer.write('half')
    setTimeout(() => answer.destroy(), 20)
  })
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow()
  await until(
    () => Promise.resolve(statuses),
    (all) => all.length === 1,
  )
  expect(statuses).toEqual([502])
})

test('an app may answer before it has read the body', async () => {
  const { url, statuses } = await proxied((incoming, answer) => {
    answer.writeHead(413)
    answer.end('too large', () => incoming.socket.end())
  })
  const response = await fetch(url, { method: 'POST', body: 'x'.repeat(64 * 1024) })
  expect([response.status, await response.text()]).toEqual([413, 'too large'])
  expect(statuses).toEqual([413])
})

test('a caller who leaves is counted, and not as a failure of the app', async () => {
  let arrived = false
  const { port, statuses } = await proxied(() => {
    arrived = true
  })
  const socket = connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  await until(() => Promise.resolve(arrived), Boolean)
  socket.destroy()
  await until(
    () => Promise.resolve(statuses),
    (all) => all.length === 1,
  )
  expect(statuses).toEqual([0])
})
