import { expect, test } from 'vitest'
import type { ErrorEvent } from '../../lib/domain/event.ts'
import { redact } from '../../lib/parse/redact.ts'
import { errorEventOf } from '../../lib/parse/sentryEvent.ts'
import { AT, crash, launchEvent, SHA, thrown } from './launchEvent.ts'

const read = (payload: unknown, tracked?: ReadonlySet<string>): ErrorEvent => {
  const parsed = errorEventOf(payload, AT, 'e1', tracked)
  if (!parsed.ok) throw new Error(parsed.why)
  return parsed.event
}
const changed = (change: object) => read({ ...launchEvent, ...change })
const stored = redact(launchEvent, 'salt')
const files = new Set(['src/app.ts', 'src/routes/campaigns.ts'])

test('the launch fault, redacted as it is stored', () => {
  expect(read(stored, files)).toEqual({
    id: 'e1',
    at: AT,
    environment: 'production',
    sha: SHA,
    level: 'error',
    failure: {
      type: 'TypeError',
      message: "Cannot read properties of undefined (reading 'id')",
      frames: [
        {
          path: 'src/routes/campaigns.ts',
          function: 'launchCampaign',
          line: 32,
          column: 46,
          inApp: true,
          context: crash.context_line,
        },
        expect.objectContaining({ path: null, function: 'process.processTicksAndRejections', inApp: false }),
        expect.objectContaining({ path: 'src/app.ts', function: 'answer', line: 26, inApp: true }),
      ],
      handled: false,
      extension: false,
      causes: [{ type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')" }],
    },
    fingerprint: expect.stringMatching(/^[0-9a-f]{24}$/),
    route: 'POST /api/campaigns/launch',
    request: {
      method: 'POST',
      path: '/api/campaigns/launch',
      headers: {
        host: 'localhost:9912',
        authorization: '[authorization]',
        'content-type': 'application/json',
        'x-user-id': '[user]',
        'content-length': '46',
      },
      body: '{"practiceId":"p-97","startedBy":"front desk"}',
      capture: 'complete',
    },
    user: expect.stringMatching(/^user:[0-9a-f]{16}$/),
  })
})

test('the fingerprint is the same stored or raw, in any checkout, with or without the list of files', () => {
  const { fingerprint } = read(stored, files)
  expect(read(launchEvent).fingerprint).toBe(fingerprint)
  const elsewhere = JSON.parse(JSON.stringify(launchEvent).replaceAll('/app/', '/tmp/run-7/'))
  expect(read(elsewhere, files).fingerprint).toBe(fingerprint)
})

test('a user that is no hash of ours is not carried on', () => {
  expect(read(launchEvent).user).toBeNull()
  expect(changed({ user: { id: 7 } }).user).toBeNull()
  expect(changed({ user: null }).user).toBeNull()
})

test('the thrown error is the last one listed; causes go from it to the root', () => {
  const cause = {
    type: 'Error',
    value: 'connect ECONNREFUSED',
    stacktrace: { frames: [] },
    mechanism: { handled: true },
  }
  const event = changed({ exception: [cause, { ...thrown, mechanism: undefined }] })
  expect(event.failure.type).toBe('TypeError')
  expect(event.failure.causes.map((one) => one.type)).toEqual(['TypeError', 'Error'])
  expect(event.failure.handled).toBe(true)
  expect(changed({ exception: [{ ...cause, mechanism: { handled: false } }, thrown] }).failure.handled).toBe(false)
})

test.each([
  ['production', 'production'],
  ['Production', 'production'],
  ['vercel-production', 'production'],
  ['staging', 'staging'],
  ['preview', 'staging'],
  ['', 'staging'],
  [undefined, 'staging'],
  [7, 'staging'],
])('the environment %j is read as %s', (given, environment) => {
  expect(changed({ environment: given }).environment).toBe(environment)
})

test('a release counts as a commit only when it is one', () => {
  expect(changed({ release: SHA.toUpperCase() }).sha).toBe(SHA)
  for (const release of [`app@${SHA}`, SHA.slice(1), `${SHA}\n`, null, 40]) expect(changed({ release }).sha).toBeNull()
})

test('levels outside the list are errors', () => {
  expect(['fatal', 'log', 'warning', 'odd', 3, null].map((level) => changed({ level }).level)).toEqual([
    'fatal',
    'info',
    'warning',
    'error',
    'error',
    'error',
  ])
})

test('the route comes from the request, else from a transaction that names one', () => {
  expect(changed({ request: null }).route).toBe('POST /api/campaigns/launch')
  expect(changed({ request: null, transaction: 'GET /api/practices/[id]' }).route).toBe('GET /api/practices/:id')
  expect(changed({ request: null, transaction: 'nightly job' }).route).toBeNull()
  expect(changed({ transaction: 'GET /other' }).route).toBe('POST /api/campaigns/launch')
})

test.each([
  [{ message: 'hello 7' }, 'hello 7'],
  [{ message: { message: 'hello %s', formatted: 'hello ann@example.com' } }, 'hello [email]'],
  [{ logentry: { message: 'from a logger' }, message: 'x' }, 'from a logger'],
])('messages without an exception are events: %j', (payload, message) => {
  expect(read(payload).failure).toEqual({
    type: 'Message',
    message,
    frames: [],
    handled: true,
    extension: false,
    causes: [{ type: 'Message', message }],
  })
})

test.each([
  [null, 'the event is not an object'],
  [[], 'the event is not an object'],
  ['text', 'the event is not an object'],
  [{}, 'it names neither an exception nor a message'],
  [{ exception: { values: [{}] } }, 'it names neither an exception nor a message'],
  [{ exception: 'x', message: {} }, 'it names neither an exception nor a message'],
  [{ type: 'transaction', message: 'x' }, 'a transaction, not an error'],
])('%j is refused', (payload, why) => {
  expect(errorEventOf(payload, AT, 'e1')).toEqual({ ok: false, why })
})

test('long chains, stacks and messages are capped at the end that matters', () => {
  const many = Array.from({ length: 30 }, (_, at) => ({ type: `E${at}`, value: 'x'.repeat(5000) }))
  const event = changed({ exception: { values: many } })
  expect([event.failure.type, event.failure.causes.length, event.failure.message.length]).toEqual(['E29', 10, 2048])
  const frames = Array.from({ length: 300 }, (_, at) => ({ ...crash, lineno: at + 1 }))
  const deep = changed({ exception: [{ ...thrown, stacktrace: { frames } }] })
  expect([deep.failure.frames.length, deep.failure.frames[0]?.line]).toEqual([100, 300])
})

test.each([
  ['chrome-extension://abcdef/inject.js', true],
  ['moz-extension://abcdef/inject.js', true],
  ['safari-web-extension://abcdef/inject.js', true],
  ['https://clinic.example/chrome-extension://inject.js', false],
  ['src/routes/launch.ts', false],
])('a crash in %s is an extension’s: %s', (filename, extension) => {
  const frames = [{ filename: 'src/page.ts' }, { filename }]
  const answer = errorEventOf(
    { exception: { values: [{ type: 'Error', value: 'x', stacktrace: { frames } }] } },
    AT,
    'e1',
  )
  expect(answer.ok && answer.event.failure.extension).toBe(extension)
})
