import { expect, test } from 'vitest'
import { parseObserve } from '../../lib/config/observe.ts'

const OWN = 'https://nightshift.example.com'
const DSN = 'https://abc123@o1.ingest.sentry.io/42'

test('nothing is watched unless somebody says so', () => {
  expect(parseObserve({ SENTRY_DSN: ' ' }, OWN)).toEqual({
    choice: { logLevel: 'info', traces: null, sentryDsn: null, commit: null },
    problems: [],
  })
})

test('what is chosen', () => {
  const env = {
    ...{ LOG_LEVEL: 'debug', SENTRY_DSN: DSN, VERCEL_GIT_COMMIT_SHA: 'a'.repeat(40) },
    ...{
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.example.com/',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20x, a=b',
    },
  }
  const traces = { url: 'https://otlp.example.com/v1/traces', headers: { authorization: 'Bearer x', a: 'b' } }
  expect(parseObserve(env, OWN).choice).toEqual({
    ...{ logLevel: 'debug', traces, sentryDsn: DSN, commit: 'a'.repeat(40) },
  })
  expect(parseObserve({ ...env, NIGHTSHIFT_COMMIT: 'b' }, OWN).choice?.commit).toBe('b')
})

test.each([
  ['https://abc@nightshift.example.com/ingest/1', OWN],
  ['https://abc@NIGHTSHIFT.example.com:8443/1', OWN],
  ['http://abc@127.0.0.1:3000/ingest/1', 'http://localhost:3000'],
  ['http://abc@localhost/ingest/1', 'http://127.0.0.1'],
])('errors never go round to this server: %s', (dsn, own) => {
  const { choice, problems } = parseObserve({ SENTRY_DSN: dsn }, own)
  expect(choice).toBeNull()
  expect(problems).toEqual([expect.stringMatching(/^SENTRY_DSN: it is this server itself/)])
})

test('another port of this machine is another server, as in tests', () => {
  expect(parseObserve({ SENTRY_DSN: 'http://abc@127.0.0.1:4000/1' }, 'http://localhost:3000').problems).toEqual([])
})

test.each([
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  [{ SENTRY_DSN: 'https://sentry.io/42' }, 'SENTRY_DSN'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otlp.example.com' }, 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'secret' }, 'OTEL_EXPORTER_OTLP_HEADERS'],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=%zz' }, 'OTEL_EXPORTER_OTLP_HEADERS'],
])('%j is refused by its name', (env, name) => {
  const { problems } = parseObserve(env, OWN)
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name}: `))])
  expect(problems.join()).not.toContain('secret')
})
