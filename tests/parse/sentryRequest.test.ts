import { expect, test } from 'vitest'
import { redact } from '../../lib/parse/redact.ts'
import { requestOf } from '../../lib/parse/sentryRequest.ts'

const post = { method: 'post', url: 'http://host/api/launch', headers: {}, data: 'x' }
const capture = (change: object) => requestOf({ ...post, ...change })?.capture

test.each([
  ['a body', {}, 'complete'],
  ['a JSON body as an object', { data: { a: [1] } }, 'complete'],
  ['no body', { data: undefined }, 'none'],
  ['an empty body', { data: '' }, 'none'],
  ['no body where none was announced', { data: null, headers: { 'Content-Length': '0' } }, 'complete'],
  ['no body on GET', { method: 'GET', data: undefined }, 'complete'],
  ['no body on HEAD', { method: 'HEAD', data: null }, 'complete'],
  ['no body on DELETE', { method: 'DELETE', data: null }, 'none'],
  ['an ellipsis at the end', { data: '{"a":"bcd…' }, 'partial'],
  ['three dots at the end', { data: '{"a":"bcd...' }, 'partial'],
  ['ten thousand bytes', { data: 'x'.repeat(10_000) }, 'partial'],
  ['ten thousand bytes in fewer characters', { data: 'ü'.repeat(5000) }, 'partial'],
  ['one byte less', { data: 'x'.repeat(9999) }, 'complete'],
  ['what redaction shortened and cut', { data: '[pem]… [34000 more characters]' }, 'partial'],
  ['what redaction cut', { data: (redact(['y '.repeat(9000)], 's') as string[])[0] }, 'partial'],
])('%s is captured as %s', (_name, change, expected) => {
  expect(capture(change)).toBe(expected)
})

test.each([
  [{ url: 'http://host:3000/a/b?x=1#top' }, '/a/b?x=1'],
  [{ url: '/a?x=1', query_string: 'y=2' }, '/a?x=1'],
  [{ url: '/a', query_string: '?y=2&z=[token]' }, '/a?y=2&z=[token]'],
  [
    {
      url: '/a',
      query_string: [
        ['y', '2 3'],
        ['z', 'ü'],
      ],
    },
    '/a?y=2%203&z=%C3%BC',
  ],
  [{ url: '/a', query_string: { y: '2', n: 3, l: '\ud800' } }, '/a?y=2&l=%EF%BF%BD'],
  [{ url: 'https://host' }, '/'],
  [{ url: 'api/x' }, '/api/x'],
])('the path of %j is %s', (change, path) => {
  expect(requestOf({ ...post, ...change })?.path).toBe(path)
})

test('headers are lower case, joined, without cookies and odd names', () => {
  const headers = { 'X-A': ['1', '2'], Cookie: '[cookie]', __proto__x: 'y', 'bad name': 'z', N: 7, 'x\r\ny': 'z' }
  expect(requestOf({ ...post, headers })?.headers).toEqual({ 'x-a': '1, 2' })
  expect(requestOf({ ...post, headers: [['Accept', '*/*'], ['x'], 3] })?.headers).toEqual({ accept: '*/*' })
  const many = Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`h${at}`, 'v'.repeat(5000)]))
  const kept = Object.values(requestOf({ ...post, headers: many })?.headers ?? {})
  expect([kept.length, kept[0]?.length]).toEqual([64, 4096])
})

test('odd methods are GET, and a request without an address is none', () => {
  expect(requestOf({ url: '/a' })).toMatchObject({ method: 'GET', body: null })
  expect(requestOf({ url: '/a', method: 'get\r\nx' })?.method).toBe('GET')
  for (const value of [null, 'x', [], {}, { url: 7 }, { url: '' }]) expect(requestOf(value)).toBeNull()
})
