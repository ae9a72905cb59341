import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { type Collector, startCollector } from '../../lib/harness/collector.ts'

const event = (value: string, trace?: string): string => {
  const exception = {
    values: [
      {
        type: 'TypeError',
        value,
        stacktrace: {
          frames: [
            {
              filename: '/workspace/src/a.ts',
              function: 'launch',
              lineno: 3,
              in_app: true,
              context_line: 'practice.id',
            },
          ],
        },
      },
    ],
  }
  const text = JSON.stringify({
    event_id: 'a'.repeat(32),
    level: 'error',
    exception,
    ...(trace ? { contexts: { trace: { trace_id: trace } } } : {}),
  })
  return `{"type":"event","length":${Buffer.byteLength(text)}}\n${text}\n`
}

async function collector(): Promise<
  Collector & {
    post(body: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>, path?: string): Promise<number>
  }
> {
  const started = await startCollector(new Set(['src/a.ts']))
  onTestFinished(() => started.close())
  const { origin } = new URL(started.dsn)
  return {
    ...started,
    post: async (body, headers = {}, path = '/api/1/envelope/') =>
      (await fetch(origin + path, { method: 'POST', body, headers })).status,
  }
}

test('events are read as production events are, plain or packed', async () => {
  const { post, events } = await collector()
  expect(await post(`{}\n${event('a', 'c'.repeat(32))}{"type":"session"}\n{}\n`)).toBe(200)
  expect(await post(new Uint8Array(gzipSync(`{}\n${event('b')}`)), { 'content-encoding': 'gzip' })).toBe(200)
  expect(events).toMatchObject([
    { type: 'TypeError', message: 'a', network: false, trace: 'c'.repeat(32) },
    { message: 'b', trace: null },
  ])
  expect(events[0]?.fingerprint).toBe(events[1]?.fingerprint)
})

test('secrets in an event do not get past the collector', async () => {
  const { post, events } = await collector()
  await post(`{}\n${event('mail to mary@practice.example failed')}`)
  expect(events[0]?.message).not.toContain('mary')
})

test.each([
  ['another path', '{}\n', {}, '/api/1/store/'],
  ['no envelope', 'hello', {}, '/api/1/envelope/'],
  ['an encoding nobody sends', '{}\n', { 'content-encoding': 'rot13' }, '/api/1/envelope/'],
  [
    'a bomb',
    new Uint8Array(gzipSync(Buffer.alloc(20 * 1024 * 1024))),
    { 'content-encoding': 'gzip' },
    '/api/1/envelope/',
  ],
])('%s is refused', async (_, body, headers, path) => {
  const { post, events } = await collector()
  expect(await post(body, headers, path)).toBe(400)
  expect(events).toEqual([])
})

test('more than 2 MB is not read to its end', async () => {
  const { post, events } = await collector()
  const status = await post(`{}\n${event('a')}${' '.repeat(3 * 1024 * 1024)}`).catch(() => 0)
  expect(status).not.toBe(200)
  expect(events).toEqual([])
})

test('a flood of events is kept to a thousand', async () => {
  const { post, events } = await collector()
  const many = `{}\n${event('a').repeat(90)}`
  for (let round = 0; round < 12; round += 1) await post(many)
  expect(events).toHaveLength(1000)
})

test('an event that cannot be read counts for nothing', async () => {
  const { post, events } = await collector()
  expect(await post('{}\n{"type":"event"}\n[1]\n{"type":"event"}\nnot json\n')).toBe(200)
  expect(events).toEqual([])
})
