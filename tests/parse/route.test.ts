import { expect, test } from 'vitest'
import { routeOf, routeOfUrl } from '../../lib/parse/route.ts'

test.each([
  ['post', '/api/practices/123?x=1#top', 'POST /api/practices/:id'],
  ['GET', '/api/practices/p1/patients', 'GET /api/practices/:id/patients'],
  ['GET', '/api/v1/reports', 'GET /api/v1/reports'],
  ['GET', '/api/v22/reports', 'GET /api/v22/reports'],
  ['GET', '/api/v223/reports', 'GET /api/:id/reports'],
  ['GET', '/api/items/8c0f1a52-6a4e-4df2-9d59-9b5b7e2f0a11', 'GET /api/items/:id'],
  ['GET', '/api/items/deadbeefcafe', 'GET /api/items/:id'],
  ['GET', '/facade/cafe', 'GET /facade/cafe'],
  ['GET', `/reset/${'x'.repeat(61)}`, 'GET /reset/:id'],
  ['GET', '/users/ann@example.com', 'GET /users/:id'],
  ['GET', '/users/[email]', 'GET /users/:id'],
  ['GET', '/users/:userId', 'GET /users/:id'],
  ['GET', '/users/[userId]/{part}', 'GET /users/:id/:id'],
  ['GET', '/a//b/./c/../d/', 'GET /a/b/d'],
  ['GET', '/login;jsessionid=ABC/next', 'GET /login/next'],
  ['', '', 'GET /'],
  [' get ', '/', 'GET /'],
  ['BREW', '/pot', 'OTHER /pot'],
  ['GET\r\nX: y', '/pot', 'OTHER /pot'],
  ['OPTIONS', '*', 'OPTIONS /*'],
])('%j %j is %j', (method, path, route) => {
  expect(routeOf(method, path)).toBe(route)
})

test.each([
  ['/new%20report', 'GET /new%20report'],
  ['/caf%C3%A9', 'GET /caf%C3%A9'],
  ['/%61%31', 'GET /:id'],
  ['/a%2Fb', 'GET /:id'],
  ['/a%5Cb', 'GET /:id'],
  ['/%00', 'GET /:id'],
  ['/%E2%80%AE', 'GET /:id'],
  ['/%zz', 'GET /:id'],
  ['/%', 'GET /:id'],
  ['/x/%2e%2e/y', 'GET /y'],
  ['/\ud800', 'GET /:id'],
  ['/%2561', 'GET /:id'],
])('decodes %j once, carefully', (path, route) => {
  expect(routeOf('GET', path)).toBe(route)
})

test('an address loses scheme and host', () => {
  expect(routeOfUrl('POST', 'http://127.0.0.1:8080/api/campaigns/launch?x=1')).toBe('POST /api/campaigns/launch')
  expect(routeOfUrl('GET', 'https://user:pw@host')).toBe('GET /')
  expect(routeOfUrl('GET', 'https://host?x=/a')).toBe('GET /')
  expect(routeOfUrl('GET', '/plain/7')).toBe('GET /plain/:id')
})

test('a route never grows past 200 characters and says that it was cut', () => {
  const long = routeOf('DELETE', '/segment'.repeat(100_000))
  expect(long.length).toBeLessThanOrEqual(200)
  expect(long.endsWith('/segment/…')).toBe(true)
})

test('what lies beyond 4 KB of a request target is not looked at', () => {
  expect(routeOf('GET', `/a${'/b'.repeat(3000)}${'/..'.repeat(3001)}`)).not.toBe('GET /')
})

test('naming a route twice changes nothing', () => {
  for (const path of ['/a/1', '/caf%C3%A9/x', `/${'segment/'.repeat(90)}`, '/a%5Cb', '/[email]/v3', '/new%20report']) {
    const once = routeOf('PUT', path)
    expect(routeOf('PUT', once.slice(4))).toBe(once)
  }
})
