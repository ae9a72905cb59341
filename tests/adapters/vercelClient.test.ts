import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { codeOf, isUnsure, vercelClient } from '../../lib/adapters/vercel/client.ts'
import { Fault } from '../../lib/errors.ts'

const TOKEN = 'token-that-nobody-may-see'
type Answer = (request: IncomingMessage, response: ServerResponse) => void
let server: Server
let other: Server
let met: (string | undefined)[]
let answer: Answer
const addressOf = (one: Server) => `http://127.0.0.1:${(one.address() as AddressInfo).port}`

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response))
  other = createServer((request, response) => {
    met.push(request.headers.authorization)
    response.end('{}')
  })
  for (const one of [server, other]) await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  for (const one of [server, other]) {
    one.closeAllConnections()
    one.close()
  }
})
beforeEach(() => {
  met = []
})

const call = (ms = 3000) =>
  vercelClient({ url: addressOf(server), token: TOKEN, teamId: 'team_1' })('GET', '/v9/projects/shop', {
    query: { rollbackInfo: 'true' },
    signal: AbortSignal.timeout(ms),
  })
const failed = () => call().catch((error: unknown) => error as Fault)
const with_ =
  (status: number, body = '', headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(status, headers).end(body)

test('a call names its team and shows its login, in a header alone', async () => {
  let seen: IncomingMessage | undefined
  answer = (request, response) => {
    seen = request
    response.end('{"a":1}')
  }
  expect(await call()).toEqual({ status: 200, json: { a: 1 } })
  expect(seen?.url).toBe('/v9/projects/shop?rollbackInfo=true&teamId=team_1')
  expect(seen?.headers.authorization).toBe(`Bearer ${TOKEN}`)
})

test.each([400, 402, 404, 409, 422])('%i is an answer', async (status) => {
  answer = with_(status, '{"error":{"code":"conflict","message":"secret words"}}')
  expect(await call()).toMatchObject({ status })
})

test.each([
  [401, 'DEPLOY_DENIED'],
  [403, 'DEPLOY_DENIED'],
  [429, 'DEPLOY_LIMITED'],
  [500, 'DEPLOY_UNREACHABLE'],
  [503, 'DEPLOY_UNREACHABLE'],
  [418, 'DEPLOY_UNREACHABLE'],
])('%i is a fault, without the token and without a word of the answer', async (status, code) => {
  answer = with_(status, '{"error":{"message":"secret words"}}')
  const fault = await failed()
  expect(fault).toMatchObject({ code })
  expect(`${fault} ${(fault as Fault).stack} ${JSON.stringify(fault)}`).not.toMatch(/nobody-may-see|secret words/)
})

const soon = Math.floor(Date.now() / 1000) + 60
test.each([
  [{ 'x-ratelimit-reset': String(soon) }, soon],
  [{ 'retry-after': '60' }, soon],
  [{ 'x-ratelimit-reset': 'soon' }, null],
  [{ 'x-ratelimit-reset': '1796000000000' }, null],
  [{}, null],
])('a limit says until when, if it is said: %j', async (headers, ends) => {
  answer = with_(429, '', headers)
  const fault = (await failed()) as Fault
  expect(fault).toMatchObject({ code: 'DEPLOY_LIMITED', detail: ends ? `Until ${fault.again?.toISOString()}.` : '' })
  if (ends) expect(Math.abs(fault.again!.getTime() / 1000 - ends)).toBeLessThan(30)
  else expect(fault.again).toBeNull()
})

test('a redirect is not followed, so the token goes nowhere else', async () => {
  answer = with_(307, '', { location: `${addressOf(other)}/steal` })
  expect(await failed()).toMatchObject({ code: 'DEPLOY_UNREACHABLE' })
  expect(met).toEqual([])
})

test('an answer that never ends, is too large or is not JSON is a fault', async () => {
  answer = (_, response) => {
    response.writeHead(200)
    const more = () => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  }
  expect(((await failed()) as Fault).detail).toContain('longer than')
  answer = with_(200, '<html>')
  expect(await failed()).toMatchObject({ code: 'DEPLOY_UNREACHABLE' })
})

test('a call ends with the time of its verb', async () => {
  answer = () => undefined
  const began = performance.now()
  await expect(call(200)).rejects.toMatchObject({ code: 'DEPLOY_UNREACHABLE' })
  expect(performance.now() - began).toBeLessThan(2000)
})

test.each([
  [{ error: { code: 'not_found', message: 'm' } }, ' (not_found)'],
  [{ error: { code: '<b>' } }, ''],
  [{ error: { code: 'x'.repeat(61) } }, ''],
  [{ error: 'no' }, ''],
  [null, ''],
])('of a refusal %j the code alone is said', (json, said) => {
  expect(codeOf(json)).toBe(said)
})

test('only a fault of the way leaves the end open', () => {
  expect(isUnsure(new Fault('DEPLOY_UNREACHABLE'))).toBe(true)
  for (const code of ['DEPLOY_LIMITED', 'DEPLOY_DENIED', 'DEPLOY_REFUSED'] as const)
    expect(isUnsure(new Fault(code))).toBe(false)
  expect(isUnsure(new Error('x'))).toBe(false)
})
