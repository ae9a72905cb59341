import { expect, test } from 'vitest'
import { isNetwork } from '../../lib/parse/network.ts'

const root = (message: string, type = 'Error') =>
  isNetwork([
    { type: 'AppError', message: 'x' },
    { type, message },
  ])

test.each([
  'connect ECONNREFUSED 127.0.0.1:4000',
  'getaddrinfo ENOTFOUND directory.example',
  'read ECONNRESET',
  'connect ETIMEDOUT 10.0.0.1:443',
  'getaddrinfo EAI_AGAIN host',
  'Connect Timeout Error (UND_ERR_CONNECT_TIMEOUT)',
  'fetch failed',
  'socket hang up',
  'other side closed',
  'Network Error',
  'The operation was aborted due to timeout',
  'Request failed with status code 503',
  'directory answered 502',
  'upstream responded with status 500',
  'HTTP 504',
  '503 Service Unavailable',
  'Bad Gateway',
])('%s is the network', (message) => {
  expect(root(message)).toBe(true)
})

test.each([
  "Cannot read properties of undefined (reading 'id')",
  'Request failed with status code 404',
  'expected 503 rows',
  'answered 5031 letters',
  'XECONNREFUSEDX',
  'the word fetch',
  '',
])('%j is not', (message) => {
  expect(root(message)).toBe(false)
})

test('types name it as well', () => {
  expect(root('x', 'ConnectTimeoutError')).toBe(true)
  expect(root('x', 'ECONNREFUSED')).toBe(true)
  expect(root('x', 'TypeError')).toBe(false)
})

test('only the root of the chain decides', () => {
  const refused = { type: 'Error', message: 'connect ECONNREFUSED' }
  const fault = { type: 'TypeError', message: 'x is undefined' }
  expect(isNetwork([fault, refused])).toBe(true)
  expect(isNetwork([refused, fault])).toBe(false)
  expect(isNetwork([refused])).toBe(true)
  expect(isNetwork([])).toBe(false)
})

test('a megabyte is looked at for its start only', () => {
  expect(root('status 5'.repeat(125_000))).toBe(false)
  expect(root(`${'x'.repeat(5000)} ECONNREFUSED`)).toBe(false)
})
