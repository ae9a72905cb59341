import { expect, test } from 'vitest'
import { ingestKeys } from '../../lib/parse/ingestAuth.ts'

const none = { query: null, headers: [null, null], dsn: null }

test.each([
  ['nowhere', none, []],
  ['the query', { ...none, query: 'k1' }, ['k1']],
  ['X-Sentry-Auth', { ...none, headers: ['Sentry sentry_version=7, sentry_client=x/1, sentry_key=k1', null] }, ['k1']],
  [
    'Authorization, in any case and order',
    { ...none, headers: [null, 'SENTRY sentry_key=k1,sentry_secret=s'] },
    ['k1'],
  ],
  ['the dsn', { ...none, dsn: 'https://k1@host.test/ingest/3' }, ['k1']],
  ['several places that agree', { query: 'k1', headers: ['Sentry sentry_key=k1'], dsn: 'https://k1@h/1' }, ['k1']],
  [
    'several places that do not',
    { query: 'k1', headers: ['Sentry sentry_key=k2'], dsn: 'https://k3@h/1' },
    ['k1', 'k2', 'k3'],
  ],
  ['a bearer token is no key', { ...none, headers: [null, 'Bearer k1'] }, []],
  ['a dsn that is no address', { ...none, dsn: 'k1@host' }, []],
  ['a dsn without a key', { ...none, dsn: 'https://host.test/3' }, []],
])('keys are found in %s', (_, given, keys) => {
  expect(ingestKeys(given)).toEqual(keys)
})
