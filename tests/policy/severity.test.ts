import { expect, test } from 'vitest'
import { type SeverityFacts, severityOf } from '../../lib/policy/severity.ts'

const quiet: SeverityFacts = {
  healthFailures: 0,
  requests5m: { all: 0, failed: 0 },
  users: 0,
  route: null,
  handled: false,
  failedRequest: false,
  level: 'error',
  kind: 'error',
}
const route = (requests: number, failed: number, critical = false) => ({ route: { critical, requests, failed } })
const all = (n: number, failed: number) => ({ requests5m: { all: n, failed } })

test.each<[string, Partial<SeverityFacts>, string]>([
  ['health fails twice', { healthFailures: 2 }, 'P0'],
  ['health fails once', { healthFailures: 1, failedRequest: true }, 'P2'],
  ['half of 50 requests fail', all(50, 25), 'P0'],
  ['just under half of 50 fail', all(50, 24), 'P2'],
  ['all of 49 requests fail: too few', all(49, 49), 'P2'],
  ['101 users', { users: 101 }, 'P0'],
  ['100 users', { users: 100 }, 'P1'],
  ['10 users', { users: 10 }, 'P1'],
  ['9 users', { users: 9, failedRequest: true }, 'P2'],
  ['unknown users are no evidence for P0', { users: null, failedRequest: true }, 'P2'],
  ['a critical route fails once', route(1000, 1, true), 'P1'],
  ['a critical route, failing now, not counted yet', { ...route(0, 0, true), failedRequest: true }, 'P1'],
  ['a critical route that did not fail', { ...route(1000, 0, true), handled: true }, 'P3'],
  ['unknown users, half of 20 fail', { users: null, ...route(20, 10) }, 'P1'],
  ['unknown users, under half of 20 fail', { users: null, ...route(20, 9) }, 'P2'],
  ['unknown users, all of 19 fail', { users: null, ...route(19, 19) }, 'P2'],
  ['known users, all of 20 fail', { users: 3, ...route(20, 20) }, 'P2'],
  ['a failed build', { kind: 'build', failedRequest: true }, 'P3'],
  ['another failed request', { failedRequest: true, handled: true }, 'P2'],
  ['a warning with a failed request', { failedRequest: true, level: 'warning' }, 'P2'],
  ['an unhandled error', {}, 'P2'],
  ['an unhandled fatal error', { level: 'fatal' }, 'P2'],
  ['a handled error', { handled: true }, 'P3'],
  ['a reported message', { kind: 'log', handled: true }, 'P3'],
  ['a warning', { level: 'warning' }, 'P4'],
  ['information', { level: 'info', handled: true }, 'P4'],
  ['a slow route', { kind: 'slow' }, 'P4'],
  ['a finding', { kind: 'finding' }, 'P4'],
  ['counts that are no counts', { ...all(Number.NaN, 50), users: Number.NaN, handled: true }, 'P3'],
])('%s', (_, facts, severity) => {
  const answer = severityOf({ ...quiet, ...facts })
  expect(answer.severity).toBe(severity)
  expect(answer.why).toMatch(/^[A-Z0-9].+\.$/)
})

test('the first match wins: health before users, users before the route', () => {
  const loud = { ...quiet, healthFailures: 3, users: 500, ...all(100, 100), ...route(50, 50, true) }
  expect(severityOf(loud).why).toBe('The production health check failed 3 times in a row.')
  expect(severityOf({ ...loud, healthFailures: 0 }).why).toContain('100 of all 100 requests')
  expect(severityOf({ ...quiet, users: 12, ...route(50, 50, true) }).why).toContain('12 users')
})

test('a P2 says what is known about users', () => {
  expect(severityOf({ ...quiet, failedRequest: true, users: 1 }).why).toContain('one user saw it')
  expect(severityOf({ ...quiet, failedRequest: true, users: null }).why).toContain('cannot be known')
})
