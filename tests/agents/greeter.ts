import type { Ground } from '../../agents/repair/ground.ts'
import { textsOf } from '../../agents/tools/desk.ts'
import { blobOid } from '../../lib/domain/gitTree.ts'
import { Manifest } from '../../lib/domain/manifest.ts'
import { errorEventOf } from '../../lib/parse/sentryEvent.ts'
import type { Model, Sandbox } from '../../lib/world.ts'
import { groundOf } from './model/bench.ts'

/** A small app that greets, a server that reports what it throws, and an error of production with the request that met it. */

export const SOURCE = `const users = new Map([['ada', { name: 'Ada' }]])
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
export const MANIFEST = {
  install: null,
  test: { run: 'node --test --test-reporter=tap tests/*.test.js', report: 'tap' },
  ...{ start: 'node src/server.js', health: '/healthz', smoke: [{ get: '/?id=ada' }] },
  replay: { fixtures: 'tests/nightshift', driver: 'tests/nightshift.test.js', as: {} },
}

/** A repository of these files, to repair with this model. */
export function groundWith(sandbox: Sandbox, files: Record<string, string>, model: Model | null): Ground {
  const copy = Object.entries(files).map(([path, body]) => ({ path, bytes: Buffer.from(body) }))
  const entries = copy.map(({ path, bytes }) => ({ path, mode: '100644', oid: blobOid(bytes), size: bytes.length }))
  return { ...groundOf(sandbox, model), files: copy, texts: textsOf(copy), entries }
}

/** The app with its server and the team's driver; null: it does not say how it is started. */
export function greeter(
  sandbox: Sandbox,
  manifest: object | null,
  source = SOURCE,
  model: Model | null = null,
): Ground {
  const files = {
    'package.json': '{"name":"greeter","version":"1.0.0","type":"module"}',
    ...{ 'src/greet.js': source, 'src/server.js': SERVER, 'tests/nightshift.test.js': DRIVER },
    ...(manifest ? { 'nightshift.json': JSON.stringify(manifest) } : {}),
  }
  const command = { command: MANIFEST.test.run, env: {}, wallMs: 60_000, services: [] }
  return { ...groundWith(sandbox, files, model), command, manifest: manifest ? Manifest.parse(manifest) : null }
}

const FRAME = { filename: '/srv/app/src/greet.js', function: 'greet', lineno: 13, colno: 40, in_app: true }
const VALUE = "Cannot read properties of undefined (reading 'name')"

/** An event as an SDK sends it: `greet` met somebody it does not know, unless it is told otherwise. */
export function eventOf(request: object | null, frame: object = {}, value = VALUE, type = 'TypeError') {
  const exception = { values: [{ type, value, stacktrace: { frames: [{ ...FRAME, ...frame }] } }] }
  const payload = { event_id: 'b'.repeat(32), platform: 'node', exception, ...(request ? { request } : {}) }
  const read = errorEventOf(payload, '2026-11-20T00:00:00Z', 'event', new Set(['src/greet.js']))
  if (!read.ok) throw new Error(read.why)
  return read.event
}

export const REQUEST = { method: 'GET', url: 'https://app.example.test/?id=nobody', query_string: 'id=nobody' }
