import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { openRegistry } from '../../emulators/registry.ts'

async function behind(answer: (path: string, headers: object) => [number, string]) {
  const server = createServer((request, response) => {
    const [status, text] = answer(request.url ?? '', request.headers)
    response.writeHead(status, { 'content-type': 'text/plain' }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const registry = await openRegistry({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/npm/` })
  return {
    url: registry.url,
    close: async () => {
      await registry.close()
      server.close()
    },
  }
}

test('what is asked for is asked for behind it, without logins, and comes back as it was told', async () => {
  const { url, close } = await behind((path, headers) => [
    path.endsWith('gone') ? 404 : 200,
    JSON.stringify([path, headers]),
  ])
  const answer = await fetch(`${url}/@a%2fb?x=1`, { headers: { authorization: 'Bearer secret', cookie: 'secret' } })
  const text = await answer.text()
  expect(answer.status).toBe(200)
  expect(text).toContain('"/npm/@a%2fb?x=1"')
  expect(text).not.toContain('secret')
  expect((await fetch(`${url}/gone`)).status).toBe(404)
  await close()
})

test('nothing is published through it', async () => {
  const { url, close } = await behind(() => [200, 'published'])
  expect((await fetch(`${url}/a`, { method: 'PUT', body: '{}' })).status).toBe(405)
  await close()
})

test('a registry that is not there is a bad gateway', async () => {
  const registry = await openRegistry({ url: 'http://127.0.0.1:9' })
  expect((await fetch(`${registry.url}/a`)).status).toBe(502)
  await registry.close()
})
