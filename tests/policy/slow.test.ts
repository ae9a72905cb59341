import { expect, test } from 'vitest'
import { LATENCY_BUCKETS_MS, type RouteLatency } from '../../lib/domain/deployment.ts'
import { SLOW, slowOf, spanOf } from '../../lib/policy/slow.ts'

/** Requests by the upper bound of their bucket; `Infinity` is the overflow. */
const counts = (of: Partial<Record<string, number>>): number[] =>
  [...LATENCY_BUCKETS_MS, Infinity].map((to) => of[String(to)] ?? 0)
const route = (of: Partial<Record<string, number>>, more: Partial<RouteLatency> = {}): RouteLatency => {
  const latency = counts(of)
  return { route: 'GET /reports', requests: latency.reduce((a, b) => a + b, 0), failed: 0, latency, ...more }
}

test.each<[string, RouteLatency, boolean]>([
  ['all of them beyond a second', route({ 2500: 40 }), true],
  ['exactly twenty requests', route({ 2500: 20 }), true],
  ['nineteen', route({ 2500: 19 }), false],
  ['none', route({}), false],
  ['95 of 100 within half a second', route({ 500: 95, 2500: 5 }), false],
  ['94 of 100 within half a second', route({ 500: 94, 2500: 6 }), true],
  ['a bucket that may be under the bound', route({ 1000: 40 }), false],
  ['beyond every bound', route({ Infinity: 40 }), true],
  ['half of them fail: that is another issue', route({ 2500: 40 }, { failed: 20 }), false],
  ['a few fail', route({ 2500: 40 }, { failed: 19 }), true],
])('%s', (_, facts, slow) => {
  expect(slowOf(facts) !== null).toBe(slow)
})

test('the sentence gives the percentiles as the buckets know them', () => {
  expect(slowOf(route({ 100: 10, 2500: 89, Infinity: 2 }))).toEqual({
    route: 'GET /reports',
    requests: 101,
    p50: { from: 1000, to: 2500 },
    p95: { from: 1000, to: 2500 },
    p99: { from: 5000, to: null },
    why: `Of 101 requests in the last hour the median took 1 s to 2.5 s, the 95th percentile 1 s to 2.5 s and the 99th more than 5 s; up to ${SLOW.ms} ms is good.`,
  })
})

test.each([
  [0.5, { from: 0, to: 5 }],
  [0.501, { from: 25, to: 50 }],
  [1, { from: 25, to: 50 }],
])('quantile %d', (q, span) => {
  expect(spanOf(counts({ 5: 10, 50: 10 }), q)).toEqual(span)
})

test('without requests there is no quantile', () => {
  expect(spanOf(counts({}), 0.95)).toBeNull()
})
