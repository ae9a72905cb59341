import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isBearer } from '../api.ts'
import { type Bench, openBench, TOKEN } from './harness.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
}, 30_000)
afterAll(() => bench?.end())

const sha = 'a'.repeat(40)
const raw = (path: string, init: RequestInit = {}) =>
  fetch(bench.api() + path, { ...init, headers: { authorization: `Bearer ${TOKEN}`, ...init.headers } })

test('without the token there is nothing but /healthz', async () => {
  expect(await (await fetch(`${bench.api()}/healthz`)).json()).toEqual({ ok: true })
  for (const authorization of [
    '',
    TOKEN,
    'Bearer ',
    `Bearer ${TOKEN}x`,
    `bearer ${TOKEN}`,
    'Bearer wrong-token-entirely',
  ]) {
    for (const path of ['/apps/shop', '/apps/none', '/nowhere']) {
      const response = await raw(path, { headers: { authorization } })
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({ error: { code: 'unauthenticated', message: expect.any(String) } })
    }
  }
  expect(isBearer(undefined, '')).toBe(false)
})

test.each([
  ['PUT', '/apps/shop', 'not json'],
  ['PUT', '/apps/shop', '[]'],
  ['PUT', '/apps/shop', '{"repository":"relative.git","targets":{"staging":{"port":0}}}'],
  ['PUT', '/apps/shop', '{"repository":"/x.git","targets":{}}'],
  ['PUT', '/apps/shop', '{"repository":"/x.git","targets":{"preview":{"port":0}}}'],
  ['PUT', '/apps/shop', '{"repository":"/x.git","targets":{"staging":{"port":70000}}}'],
  ['PUT', '/apps/shop', '{"repository":"/x.git","targets":{"staging":{"port":0,"env":{"A=B":"c"}}}}'],
  ['PUT', '/apps/shop', '{"repository":"/x.git","targets":{"staging":{"port":0,"env":{"A":"\\u0000"}}}}'],
  ['POST', '/apps/shop/deployments', ''],
  ['POST', '/apps/shop/deployments', '{"sha":"HEAD","environment":"staging","key":"k"}'],
  ['POST', '/apps/shop/deployments', `{"sha":"${sha}","environment":"staging"}`],
  ['POST', '/apps/shop/deployments', `{"sha":"${sha}","environment":"preview","key":"k"}`],
  ['POST', '/apps/shop/deployments', `{"sha":"--help","environment":"staging","key":"k"}`],
  ['POST', '/apps/shop/targets/staging/promote', '{"deployment":"d"}'],
  ['POST', '/apps/shop/targets/staging/rollback', '{"deployment":"d","expected":7}'],
  ['GET', '/apps/shop/traffic?environment=staging', null],
  ['GET', '/apps/shop/traffic?environment=staging&since=yesterday', null],
  ['GET', '/apps/shop/log?after=-1', null],
  ['GET', '/apps/shop/deployments?environment=%00', null],
  ['GET', '/apps/%E0%A4%A', null],
])('%s %s refuses %s as malformed', async (method, path, body) => {
  const response = await raw(path, { method, body })
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({ error: { code: 'malformed', message: expect.any(String) } })
})

test.each([
  ['GET', '/apps/none'],
  ['POST', '/apps/none/deployments'],
  ['GET', '/apps/shop/deployments/dpl-0'],
  ['GET', '/apps/shop/targets/preview'],
  ['GET', '/apps/shop/targets/staging'],
  ['DELETE', '/apps/shop'],
  ['GET', '/apps/..%2Fshop'],
  ['GET', '/'],
])('%s %s is not there', async (method, path) => {
  expect((await raw(path, { method })).status).toBe(404)
})

test('a body over the limit is refused', async () => {
  expect((await raw('/apps/shop', { method: 'PUT', body: 'x'.repeat(300 * 1024) })).status).toBe(413)
})

test('registering again changes and logs nothing, and never shows a value', async () => {
  const before = await bench.logged()
  const targets = { production: { port: 0, env: { SENTRY_DSN: 'secret-value' } } }
  const ask = () => bench.call('PUT', '/apps/shop', { repository: bench.repository.path, targets })
  const [one, two] = [await ask(), await ask()]
  expect(two).toEqual(one)
  expect(one.body).toMatchObject({ targets: { production: { env: ['SENTRY_DSN'] }, staging: { env: [] } } })
  expect(await bench.call('GET', '/apps/shop')).toEqual(one)
  const log = await bench.logged()
  expect(log.length).toBe(before.length + 1)
  expect(JSON.stringify([one, log])).not.toContain('secret-value')
})

test('two who register the same app at once get one address', async () => {
  const body = { repository: bench.repository.path, targets: { staging: { port: 0 } } }
  const [one, two] = await Promise.all([bench.call('PUT', '/apps/twice', body), bench.call('PUT', '/apps/twice', body)])
  expect(one).toEqual(two)
  expect((await bench.call('GET', '/apps/twice')).body).toEqual(one.body)
})

test('a repository that is not there, or a port that is taken, changes nothing', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const target = { staging: { port } }
  const taken = { repository: bench.repository.path, targets: target }
  expect(await bench.call('PUT', '/apps/new', taken)).toMatchObject({
    status: 409,
    body: { error: { code: 'port-taken' } },
  })
  const gone = { repository: '/nowhere.git', targets: target }
  expect(await bench.call('PUT', '/apps/new', gone)).toMatchObject({
    status: 422,
    body: { error: { code: 'no-repository' } },
  })
  expect((await bench.call('GET', '/apps/new')).status).toBe(404)
  server.close()
})

test('the log is read from where the last answer ended', async () => {
  const all = await bench.logged()
  const { body } = await bench.call('GET', `/apps/shop/log?after=${all[0]?.seq}`)
  expect(body.log).toEqual(all.slice(1))
})
