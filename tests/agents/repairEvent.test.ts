import { expect, test } from 'vitest'
import { repairEvent } from '../../agents/repair/event.ts'
import type { Ground } from '../../agents/repair/ground.ts'
import { textsOf } from '../../agents/tools/desk.ts'
import { blobOid } from '../../lib/domain/gitTree.ts'
import { Manifest } from '../../lib/domain/manifest.ts'
import { errorEventOf } from '../../lib/parse/sentryEvent.ts'
import { testedSandbox } from '../sandbox/lab.ts'
import { groundOf } from './model/bench.ts'

/** An error of production in, with the request that met it: an app that says how it is started is its own witness. */

const sandbox = testedSandbox()

const SOURCE = `const users = new Map([['ada', { name: 'Ada' }]])
function json(res, status, value) {
  res.statusCode = status
  res.end(JSON.stringify(value))
}
export function show({ id, res }) {
  const user = users.get(id)
  if (!user) return json(res, 404, { error: 'user not found' })
  return json(res, 200, user)
}
export function greet({ id, res }) {
  const user = users.get(id)
  return json(res, 200, { hello: user.name })
}
`
/** A server that reports what it throws as the SDKs do. */
const SERVER = `import { createServer } from 'node:http'
import { greet } from './greet.js'
async function report(error) {
  const dsn = new URL(process.env.SENTRY_DSN ?? 'http://x@127.0.0.1:9/1')
  const frames = [...error.stack.matchAll(/at (?:(\\S+) \\()?file:\\/\\/(\\S+?):(\\d+):(\\d+)/g)].map(([, name, file, line, column]) =>
    ({ filename: file, function: name, lineno: Number(line), colno: Number(column), in_app: true })).reverse()
  const values = [{ type: error.name, value: error.message, stacktrace: { frames }, mechanism: { type: 'own', handled: false } }]
  const event = JSON.stringify({ event_id: 'a'.repeat(32), level: 'error', exception: { values } })
  const lines = [JSON.stringify({ event_id: 'a'.repeat(32) }), JSON.stringify({ type: 'event', length: event.length }), event]
  await fetch(dsn.origin + '/api' + dsn.pathname + '/envelope/', { method: 'POST', body: lines.join('\\n') }).catch(() => {})
}
createServer(async (req, res) => {
  if (req.url === '/healthz') return res.end('ok')
  try {
    return greet({ id: new URL(req.url, 'http://app').searchParams.get('id'), res })
  } catch (error) {
    await report(error)
    res.statusCode = 500
    res.end()
  }
}).listen(Number(process.env.PORT), '127.0.0.1')
`
/** The team's own driver: each fixture is sent to the app, started afresh. */
const DRIVER = `import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import assert from 'node:assert'
import { test } from 'node:test'
import { greet } from '../src/greet.js'
test('greets', () => {
  let said = ''
  greet({ id: 'ada', res: { end: (text) => (said = text) } })
  assert.equal(said, '{"hello":"Ada"}')
})
const folder = new URL('./nightshift/', import.meta.url)
for (const name of existsSync(folder) ? readdirSync(folder) : []) {
  const { id, request, expect } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
  test(id, async () => {
    const app = spawn('node', ['src/server.js'], { env: { ...process.env, PORT: '4567' } })
    try {
      const send = () => fetch('http://127.0.0.1:4567' + request.path, { method: request.method })
      let answer = null
      for (let i = 0; i < 50 && !answer; i++) answer = await send().catch(() => new Promise((done) => setTimeout(done, 100)))
      assert.equal(answer.status, expect.status)
    } finally {
      app.kill()
    }
  })
}
`
const MANIFEST = {
  install: null,
  test: { run: 'node --test --test-reporter=tap tests/*.test.js', report: 'tap' },
  ...{ start: 'node src/server.js', health: '/healthz', smoke: [{ get: '/?id=ada' }] },
  replay: { fixtures: 'tests/nightshift', driver: 'tests/nightshift.test.js', as: {} },
}

function ground(manifest: object | null = MANIFEST): Ground {
  const files = {
    'package.json': '{"name":"greeter","version":"1.0.0","type":"module"}',
    ...{ 'src/greet.js': SOURCE, 'src/server.js': SERVER, 'tests/nightshift.test.js': DRIVER },
    ...(manifest ? { 'nightshift.json': JSON.stringify(manifest) } : {}),
  }
  const copy = Object.entries(files).map(([path, body]) => ({ path, bytes: Buffer.from(body) }))
  const entries = copy.map(({ path, bytes }) => ({ path, mode: '100644', oid: blobOid(bytes), size: bytes.length }))
  const command = { command: MANIFEST.test.run, env: {}, wallMs: 60_000, services: [] }
  const read = manifest ? Manifest.parse(manifest) : null
  return { ...groundOf(sandbox(), null), files: copy, texts: textsOf(copy), entries, command, manifest: read }
}

function event(request: object | null) {
  const frame = { filename: '/srv/app/src/greet.js', function: 'greet', lineno: 13, colno: 40, in_app: true }
  const value = "Cannot read properties of undefined (reading 'name')"
  const exception = { values: [{ type: 'TypeError', value, stacktrace: { frames: [frame] } }] }
  const payload = { event_id: 'b'.repeat(32), platform: 'node', exception, ...(request ? { request } : {}) }
  const read = errorEventOf(payload, '2026-11-20T00:00:00Z', 'event', new Set(['src/greet.js']))
  if (!read.ok) throw new Error(read.why)
  return read.event
}

const REQUEST = { method: 'GET', url: 'https://app.example.test/?id=nobody', query_string: 'id=nobody' }
const quiet = () => undefined

test('the request is sent again, the change proven on it, and the fixture left for the team', async () => {
  const made = await repairEvent(ground(), event(REQUEST), quiet)
  expect({ outcome: made.outcome, why: made.why }).toEqual({ outcome: 'proven', why: null })
  expect(made.replay!.fixture).toMatchObject({ request: { method: 'GET' }, expect: { status: 404 } })
  const { proof } = made.fix!.proven!
  expect(proof.tier).toBe('replayed')
  expect(proof.runs.map(({ side, asExpected }) => `${side}${asExpected}`).join(' ')).toBe(
    'Atrue Btrue Atrue Btrue Atrue Btrue',
  )
  const fixture = `tests/nightshift/${made.replay!.fixture.id}.json`
  expect(made.fix!.change.edits.map(({ path }) => path)).toEqual(['src/greet.js', fixture])
})

test.each<[why: string, manifest: object | null, request: object | null, says: string]>([
  ['without an app', null, REQUEST, 'does not say how its app is started'],
  ['without a request', MANIFEST, null, 'the event holds no request'],
  [
    'a request that does well',
    MANIFEST,
    { ...REQUEST, url: 'https://a.test/?id=ada', query_string: 'id=ada' },
    'without this error',
  ],
])('%s nothing is called a fix', async (_, manifest, request, says) => {
  const made = await repairEvent(ground(manifest), event(request), quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', fix: null, shown: { edits: [{ path: 'src/greet.js' }] } })
  expect(made.why).toContain(says)
})
