import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { send } from '../../lib/harness/send.ts'
import { request } from './tiny.ts'

const TRACE = `${'0'.repeat(31)}7`

async function listening(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

test('the request arrives as it is, with its trace and without what belongs to another connection', async () => {
  let seen: IncomingMessage['headers'] = {}
  let text = ''
  const port = await listening((req, res) => {
    seen = req.headers
    req.on('data', (chunk) => {
      text += chunk
    })
    req.on('end', () => res.writeHead(201).end('made'))
  })
  const headers = {
    Host: 'clinic.example',
    'content-length': '999',
    connection: 'keep-alive',
    'accept-encoding': 'br',
    'x-kept': 'yes',
  }
  expect(await send(port, request('/a?b=1', { name: 'Zoë' }, headers), TRACE)).toMatchObject({
    status: 201,
    body: 'made',
  })
  expect(text).toBe('{"name":"Zoë"}')
  expect(seen).toMatchObject({
    'x-kept': 'yes',
    'content-length': '15',
    connection: 'close',
    'sentry-trace': `${TRACE}-${TRACE.slice(0, 16)}`,
  })
  expect(seen.host).toBe(`127.0.0.1:${port}`)
  expect(seen['accept-encoding']).toBeUndefined()
})

test('no answer, an answer that never ends, a dropped connection and no server are all status 0', async () => {
  const silent = await listening(() => undefined)
  const dripping = await listening((_, res) => {
    res.writeHead(200)
    const drip = setInterval(() => res.write('x'), 10)
    res.on('close', () => clearInterval(drip))
  })
  const rude = await listening((req) => req.socket.destroy())
  for (const port of [silent, dripping, rude]) {
    expect(await send(port, request('/'), TRACE, 200)).toMatchObject({ status: 0, body: '' })
  }
  expect(await send(1, request('/'), TRACE)).toMatchObject({ status: 0 })
})

test('a long answer is cut, not waited out in memory', async () => {
  const port = await listening((_, res) => res.end('x'.repeat(5_000_000)))
  expect((await send(port, request('/'), TRACE)).body).toHaveLength(2048)
})

test('a request HTTP cannot carry is not sent', async () => {
  const port = await listening((_, res) => res.end())
  expect(await send(port, request('/', null, { 'x-bad': 'a\nb' }), TRACE)).toMatchObject({ status: 0 })
  expect(await send(port, request('/a b'), TRACE)).toMatchObject({ status: 0 })
})
