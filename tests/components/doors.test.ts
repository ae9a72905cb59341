import { expect, test } from 'vitest'
import { named, nameOf, readDigest } from '../../app/named.ts'
import { Fault } from '../../lib/errors.ts'
import { config, policyWith, proxy } from '../../proxy.ts'

const thrown = (error: unknown): Promise<unknown> =>
  named(() => Promise.reject(error)).catch((caught: unknown) => caught)

test('a fault reaches the browser as its code, sentence and remedy; its detail does not', async () => {
  const caught = await thrown(new Fault('DEPLOY_UNREACHABLE', 'http://10.0.0.7 said <b>no</b>'))
  expect(readDigest(caught)).toEqual({
    code: 'DEPLOY_UNREACHABLE',
    sentence: 'The host that deploys the app did not answer as expected.',
    remedy: 'Check that it is running.',
  })
})

test.each(['ECONNREFUSED', 'CONNECT_TIMEOUT', 'CONNECTION_CLOSED', '57P03', '53300', '28000', 'ENOTFOUND'])(
  '%s is a database that cannot be used',
  async (code) => {
    const caught = await thrown(Object.assign(new Error('at 10.0.0.7'), { code }))
    expect(readDigest(caught)?.code).toBe('DATABASE_UNREACHABLE')
    expect(JSON.stringify(readDigest(caught))).not.toContain('10.0.0.7')
  },
)

test.each([new Error('x'), Object.assign(new Error('x'), { code: '42P01' }), 'text', null])(
  '%s has no name, and is thrown as it came',
  async (error) => {
    expect(nameOf(error)).toBeNull()
    expect(await thrown(error)).toBe(error)
  },
)

test.each([
  null,
  'x',
  new Error('x'),
  Object.assign(new Error(), { digest: '12345' }),
  Object.assign(new Error(), { digest: '{"code":"X"}' }),
  Object.assign(new Error(), { digest: 'null' }),
])('a digest that is not ours names nothing: %s', (error) => {
  expect(readDigest(error)).toBeNull()
})

test('scripts run only with the nonce, nothing comes from elsewhere, nobody frames us', () => {
  const policy = policyWith('abc')
  expect(policy).toContain(`default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'`)
  expect(policy).toContain(`frame-ancestors 'none'`)
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
})

test('which addresses get a script policy', () => {
  const matches = (path: string) => config.matcher.some((one) => new RegExp(`^${one}$`).test(path))
  expect(['/', '/login', '/dashboard/agent-control', '/apis'].filter(matches)).toHaveLength(4)
  expect(['/api/health', '/ingest/api/1/envelope/', '/_next/static/a.js', '/icon.svg'].filter(matches)).toEqual([])
})

test('each request has a nonce of its own, told to Next and to the browser alike', async () => {
  const { NextRequest } = await import('next/server')
  const one = async () => (await proxy(new NextRequest('http://localhost/login'))).headers
  const [first, second] = [await one(), await one()]
  const policy = first.get('content-security-policy') ?? ''
  expect(policy).toMatch(/'nonce-[A-Za-z0-9+/]{22}=='/)
  expect(first.get('x-middleware-request-content-security-policy')).toBe(policy)
  expect(second.get('content-security-policy')).not.toBe(policy)
})
