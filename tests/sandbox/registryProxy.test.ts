import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { registryPath, withOwnArchives } from '../../lib/adapters/sandbox/registry/npm.ts'
import { type RegistryProxy, serveRegistry } from '../../lib/adapters/sandbox/registry/proxy.ts'

describe('what may be asked of a registry', () => {
  const plain = new URL('https://packages.example/')
  const prefixed = new URL('https://packages.example/npm/team/')
  it.each([
    [plain, '/left-pad', '/left-pad'],
    [plain, '/@scope/name', '/@scope/name'],
    [plain, '/@scope%2fname', '/@scope%2fname'],
    [plain, '/name/-/name-1.2.3-rc.1+b.tgz', '/name/-/name-1.2.3-rc.1+b.tgz'],
    [plain, '/@scope/name/-/name-1.0.0.tgz', '/@scope/name/-/name-1.0.0.tgz'],
    [prefixed, '/name', '/npm/team/name'],
    [prefixed, '/npm/team/name/-/name-1.0.0.tgz', '/npm/team/name/-/name-1.0.0.tgz'],
    [plain, '/', null],
    [plain, '/name?data=out', null],
    [plain, '/name#data', null],
    [plain, '/-/npm/v1/security/audits', null],
    [plain, '/-/user/org.couchdb.user:me', null],
    [plain, '/name/-/other.zip', null],
    [plain, '/../secret', null],
    [plain, '/..', null],
    [plain, '/a/b/c', null],
    [plain, 'http://other.example/name', null],
    [plain, '//other.example/name', null],
    [plain, '/name%0d%0ax', null],
  ])('%s %s → %s', (base, target, path) => {
    expect(registryPath(base, target)).toBe(path)
  })
})

it('leads archives of a document through the address inside', () => {
  const document = '{"dist":{"tarball":"https://packages.example/npm/a/-/a-1.0.0.tgz","homepage":"https://a.example/"}}'
  const expected = '{"dist":{"tarball":"http://127.0.0.1:4873/npm/a/-/a-1.0.0.tgz","homepage":"https://a.example/"}}'
  expect(withOwnArchives(document, 'http://127.0.0.1:4873/')).toBe(expected)
})

describe('the way out of an install', () => {
  let folder: string
  let proxy: RegistryProxy
  let seen: IncomingMessage[]
  let upstream: ReturnType<typeof createServer>
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ns-sandbox-proxy-'))
    seen = []
    upstream = createServer((asked, answer) => {
      seen.push(asked)
      answer.writeHead(asked.url === '/missing' ? 404 : 200, { 'content-type': 'application/json', 'x-internal': '1' })
      answer.end('{"name":"a"}')
    })
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/`
    proxy = await serveRegistry(join(folder, 'registry.sock'), { npm: { url, ca: null } }, 'http://127.0.0.1:4873/')
  })
  afterEach(async () => {
    await proxy.close()
    upstream.closeAllConnections()
    upstream.close()
    await rm(folder, { recursive: true, force: true })
  })

  const ask = (path: string, method = 'GET', headers: Record<string, string> = {}, body = '') =>
    new Promise<{ status: number; body: string; headers: IncomingMessage['headers'] }>((resolve, reject) => {
      const asked = request({ socketPath: join(folder, 'registry.sock'), path, method, headers })
      asked.on('error', reject)
      asked.on('connect', (answer) => resolve({ status: answer.statusCode ?? 0, body: '', headers: answer.headers }))
      asked.on('response', async (answer) => {
        const chunks: Buffer[] = await answer.toArray()
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString(), headers: answer.headers })
      })
      asked.end(body)
    })

  it('passes a package on, with none of the headers of either side', async () => {
    const answer = await ask('/a', 'GET', { authorization: 'Bearer secret', 'x-data': 'out', accept: 'text/data-out' })
    expect(answer).toMatchObject({ status: 200, body: '{"name":"a"}' })
    expect(answer.headers['x-internal']).toBeUndefined()
    expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host'])
    expect(seen[0]?.headers.accept).toBe('*/*')
    expect(proxy.served()).toBe(1)
  })

  it('keeps the short document apart from the whole one', async () => {
    await ask('/a', 'GET', { accept: 'application/vnd.npm.install-v1+json; q=1.0, data-out' })
    expect(seen[0]?.headers.accept).toBe('application/vnd.npm.install-v1+json')
  })

  it('passes a refusal of the registry on', async () => {
    expect((await ask('/missing')).status).toBe(404)
  })

  it.each(['PUT', 'POST', 'DELETE', 'HEAD'])('refuses %s, and says so', async (method) => {
    expect((await ask('/a', method, {}, method === 'HEAD' ? '' : 'data')).status).toBe(403)
    expect(proxy.refused).toEqual([`${method} /a`])
    expect(seen).toEqual([])
  })

  it.each(['CONNECT'])('refuses %s to any host, the registry included', async (method) => {
    for (const host of ['other.example:443', '127.0.0.1:80']) expect((await ask(host, method)).status).toBe(403)
    expect(proxy.refused).toEqual(['CONNECT other.example:443', 'CONNECT 127.0.0.1:80'])
  })

  it('refuses a query, and forgets none but the first hundred refusals', async () => {
    for (let index = 0; index < 103; index++) expect((await ask(`/a?n=${index}`)).status).toBe(403)
    expect(proxy.refused).toHaveLength(100)
    expect(seen).toEqual([])
  })

  it('says so when the registry does not answer', async () => {
    upstream.closeAllConnections()
    await new Promise<void>((resolve) => upstream.close(() => resolve()))
    expect((await ask('/a')).status).toBe(502)
  })
})
