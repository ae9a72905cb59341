import { expect, test } from 'vitest'
import { Manifest } from '../../lib/domain/manifest.ts'
import { replayRequestOf, smokeRequestsOf } from '../../lib/policy/replayRequest.ts'

const captured = {
  method: 'post',
  path: '/api/campaigns/launch?dry=1',
  headers: {
    'Content-Type': 'application/json',
    'User-Agent': 'Mozilla',
    Cookie: '[cookie]',
    Authorization: '[authorization]',
  },
  body: '{"a":1}',
  capture: 'complete' as const,
}

test('of the headers only the content type and the stand-ins go along', () => {
  expect(replayRequestOf(captured, { authorization: 'Bearer test-owner' })).toEqual({
    method: 'POST',
    path: '/api/campaigns/launch?dry=1',
    headers: { 'content-type': 'application/json', authorization: 'Bearer test-owner' },
    body: '{"a":1}',
  })
})

test('without a body there is no content type', () => {
  expect(replayRequestOf({ ...captured, body: null }, {})?.headers).toEqual({})
})

test.each(['TRACE', 'CONNECT', 'HEAD', 'OPTIONS', 'GET / HTTP/1.1\r\nHost: x', ''])(
  '%j is not sent again',
  (method) => {
    expect(replayRequestOf({ ...captured, method }, {})).toBeNull()
  },
)

test.each(['http://other.test/', '//other.test/', '/\\other.test/', 'api', ''])(
  '%j, which names another host or none, is not sent again',
  (path) => {
    expect(replayRequestOf({ ...captured, path }, {})).toBeNull()
  },
)

test('the smoke set becomes requests with what they have to answer', () => {
  const manifest = Manifest.parse({
    test: { run: 'npm test', report: 'tap' },
    start: 'node server.js',
    replay: { as: { authorization: 'Bearer t' } },
    smoke: [{ get: '/healthz' }, { post: '/api/x', json: { a: 1 }, expect: 201 }],
  })
  expect(smokeRequestsOf(manifest)).toEqual([
    { request: { method: 'GET', path: '/healthz', headers: { authorization: 'Bearer t' }, body: null }, expect: 200 },
    {
      request: {
        method: 'POST',
        path: '/api/x',
        headers: { 'content-type': 'application/json', authorization: 'Bearer t' },
        body: '{"a":1}',
      },
      expect: 201,
    },
  ])
})
