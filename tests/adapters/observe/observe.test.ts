import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { emulateCollector } from '../../../emulators/otlp.ts'
import { observing } from '../../../lib/adapters/observe/assemble.ts'
import { pinoLines } from '../../../lib/adapters/observe.pino.ts'
import { isOwn } from '../../../lib/domain/own.ts'
import { Fault } from '../../../lib/errors.ts'
import type { Outcome } from '../../../lib/world/observer.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const MARK = 'mark-of-this-one'
const NOTHING = { logLevel: 'info', traces: null, sentryDsn: null, commit: 'c0ffee', world: 'hosted', mark: MARK }
const LEASE = { subject: 'issue:7', project: 1, tries: 1 }
const TOKEN = `ghp_${'a1B2'.repeat(9)}`

function lines(level = 'info') {
  const written: string[] = []
  const say = pinoLines(level, { write: (line: string) => void written.push(line) })
  return { say, read: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

test('a step is one line: agent, subject, outcome and how long it took', async () => {
  const { say, read } = lines()
  const observer = observing(NOTHING, say)
  const came = await observer.tick('implementer', () =>
    observer.step('implementer', LEASE, async (): Promise<Outcome> => ({ how: 'handed-on', to: 'releaser' })),
  )
  expect(came).toEqual({ how: 'handed-on', to: 'releaser' })
  expect(read()).toEqual([
    {
      ...{
        level: 'info',
        time: expect.stringMatching(/^20\d\d-/),
        msg: 'step',
        agent: 'implementer',
        subject: 'issue:7',
      },
      ...{ project: 1, tries: 1, outcome: 'handed-on', to: 'releaser', ms: expect.any(Number) },
    },
  ])
})

test('what an error says goes through the redaction pass, and what it carries is left out', async () => {
  const { say, read } = lines()
  const error = Object.assign(new Error(`clone of https://me:hunter2@git.example.com with ${TOKEN} failed`), {
    config: { headers: { authorization: `Bearer ${TOKEN}` } },
  })
  const observer = observing(NOTHING, say)
  await observer.step('watcher', LEASE, async () => ({ how: 'failed', error }))
  observer.failed(error, { door: TOKEN })
  observer.say('warn', `said ${TOKEN}`)
  const text = JSON.stringify(read())
  expect(text).not.toMatch(/ghp_|hunter2|Bearer/)
  expect(read()[0]).toMatchObject({
    level: 'warn',
    outcome: 'failed',
    error: { type: 'Error', stack: expect.any(String) },
  })
})

test('a level says what is left out', () => {
  const { say, read } = lines('error')
  observing(NOTHING, say).say('info', 'nobody asked')
  expect(read()).toEqual([])
})

test('traces: a tick, its steps inside it, and nothing but ids, enums and numbers', async () => {
  const collector = await emulateCollector()
  closing.push(collector.close)
  const traces = { url: `${collector.url}/v1/traces`, headers: { authorization: 'Bearer collector' } }
  const observer = observing({ ...NOTHING, traces }, lines('silent').say)
  const error = new Error(`words of somebody’s app, ${TOKEN}`)
  await observer.tick('watcher', async () => {
    await observer.step('watcher', LEASE, async () => ({ how: 'done' }))
    await observer.step('watcher', LEASE, async () => ({ how: 'failed', error }))
  })
  await observer.flush()
  const [done, bad, tick] = collector.spans
  expect(tick).toMatchObject({
    name: 'tick',
    parent: null,
    failed: false,
    attributes: { 'nightshift.agent': 'watcher' },
  })
  expect(done).toMatchObject({ name: 'step', parent: tick?.id, failed: false })
  expect(done?.attributes).toEqual({
    ...{ 'nightshift.agent': 'watcher', 'nightshift.subject': 'issue:7', 'nightshift.project': 1 },
    ...{ 'nightshift.tries': 1, 'nightshift.outcome': 'done' },
  })
  expect(bad).toMatchObject({ failed: true, attributes: { 'nightshift.outcome': 'failed' } })
  expect(JSON.stringify(collector.spans)).not.toContain('words')
  expect(collector.resources[0]).toMatchObject({ 'service.name': 'nightshift', 'service.version': 'c0ffee' })
  expect(collector.calls[0]).toMatchObject({ authorization: 'Bearer collector' })
})

test('a collector that is away stops nothing', async () => {
  const traces = { url: 'http://127.0.0.1:9/v1/traces', headers: {} }
  const observer = observing({ ...NOTHING, traces }, lines('silent').say)
  expect(await observer.step('watcher', LEASE, async () => ({ how: 'done' }))).toEqual({ how: 'done' })
  await observer.flush()
  await expect(observer.tick('watcher', () => Promise.reject(new Error('ours')))).rejects.toThrow('ours')
})

/** Takes envelopes as any Sentry does. */
async function sentry() {
  const events: Record<string, unknown>[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const all = Buffer.concat(chunks).toString('utf8').split('\n')
      events.push(JSON.parse(all[2] ?? '{}'))
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  })
  return { events, dsn: `http://abc@127.0.0.1:${(server.address() as AddressInfo).port}/1` }
}

test('our own errors go to a Sentry, marked, with what we mean to say and no more', async () => {
  const { events, dsn } = await sentry()
  const observer = observing({ ...NOTHING, sentryDsn: dsn }, lines('silent').say)
  observer.failed(new TypeError(`cannot read ${TOKEN}`), { agent: 'watcher' })
  await observer.step('releaser', LEASE, async () => ({ how: 'failed', error: new RangeError('ours') }))
  await observer.flush()
  expect(events).toHaveLength(2)
  expect(events[0]).toMatchObject({
    ...{ environment: 'hosted', release: 'c0ffee', level: 'error' },
    ...{ tags: { agent: 'watcher' }, exception: { values: [{ type: 'TypeError' }] } },
  })
  expect(events[1]).toMatchObject({ tags: { agent: 'releaser', subject: 'issue:7' } })
  for (const event of events) expect(isOwn(event, MARK)).toBe(true)
  expect(JSON.stringify(events)).not.toMatch(/ghp_|server_name|breadcrumbs|context_line/)
})

test('somebody else’s trouble is no error of ours', async () => {
  const { events, dsn } = await sentry()
  const observer = observing({ ...NOTHING, sentryDsn: dsn }, lines('silent').say)
  const error = new Fault('CODE_UNREACHABLE', 'it is down')
  await observer.step('watcher', LEASE, async () => ({ how: 'failed', error }))
  await observer.flush()
  expect(events).toEqual([])
})
