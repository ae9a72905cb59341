import { expect, test } from 'vitest'
import type { Facts } from '../../lib/domain/ready.ts'
import { AGENTS } from '../../lib/domain/work.ts'
import { readyOf } from '../../lib/policy/ready.ts'

const MINUTE = 60_000
const WELL: Facts = {
  migrations: { missing: [] },
  ticks: AGENTS.map((agent) => ({ agent, ageMs: MINUTE, troubles: 0 })),
  parts: [{ part: 'sandbox', why: null }],
  ...{ unknown: 0, undelivered: 0, stuck: 0, sources: [] },
}
const ill = (facts: Facts | null) =>
  Object.entries(readyOf(facts).checks).flatMap(([name, { ok, why }]) => (ok ? [] : [`${name}: ${why}`]))

test('all is well', () => {
  expect(readyOf(WELL).status).toBe('ok')
  expect(ill(WELL)).toEqual([])
})

test('a database that does not answer is down, and nothing else is known', () => {
  expect(readyOf(null).status).toBe('down')
  expect(ill(null)).toHaveLength(7)
})

test('a migration that is not applied is down', () => {
  const facts = { ...WELL, migrations: { missing: ['20261130000070'] } }
  expect(readyOf(facts).status).toBe('down')
  expect(ill(facts)).toEqual(['migrations: not applied: 20261130000070'])
  expect(readyOf({ ...WELL, migrations: null }).status).toBe('ok')
})

test.each<[string, Partial<Facts>, RegExp]>([
  ['a sandbox nobody tested', { parts: [] }, /^sandbox: it has not been tested yet$/],
  ['a sandbox that failed', { parts: [{ part: 'sandbox', why: 'no namespaces' }] }, /^sandbox: no namespaces$/],
  ['an agent that never looked', { ticks: WELL.ticks.slice(1) }, /^agents: the watcher has never looked: does a clock/],
  [
    'an agent whose clock stopped',
    { ticks: WELL.ticks.map((tick) => ({ ...tick, ageMs: 21 * MINUTE })) },
    /the releaser looked last 21 minutes ago: does a clock/,
  ],
  ['calls nobody knows the end of', { unknown: 2 }, /^outbox: 2 calls/],
  ['notices that do not leave', { undelivered: 1 }, /^outbox: 1 notices/],
  ['work that fails', { stuck: 1 }, /^work: 1 piece of work failed/],
  [
    'a source that is away',
    { sources: [{ kind: 'sentry', state: 'unauthorized' }] },
    /^providers: sentry: unauthorized$/,
  ],
])('%s is degraded, and says so', (_, change, said) => {
  const facts = { ...WELL, ...change }
  expect(readyOf(facts).status).toBe('degraded')
  expect(ill(facts)).toEqual([expect.stringMatching(said)])
})

test('a clock of a quarter of an hour is good enough', () => {
  expect(readyOf({ ...WELL, ticks: WELL.ticks.map((tick) => ({ ...tick, ageMs: 16 * MINUTE })) }).status).toBe('ok')
})
