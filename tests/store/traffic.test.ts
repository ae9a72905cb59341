import { expect, test } from 'vitest'
import { LATENCY_BUCKETS_MS } from '../../lib/domain/deployment.ts'
import { percentile } from '../../lib/store/traffic.ts'

const buckets = (counts: Record<number, number>) => [...LATENCY_BUCKETS_MS, Infinity].map((bound) => counts[bound] ?? 0)

test.each<[string, Record<number, number>, number, number | null]>([
  ['nothing', {}, 0.95, null],
  ['all in one bucket', { 100: 10 }, 0.5, 75],
  ['the first bucket starts at zero', { 5: 10 }, 0.5, 2.5],
  ['exactly at a border', { 50: 95, 100: 5 }, 0.95, 50],
  ['just beyond a border', { 50: 94, 100: 6 }, 0.95, 50 + 50 / 6],
  ['the overflow', { [Infinity]: 4 }, 0.5, 7500],
])('%s', (_, counts, q, expected) => {
  const got = percentile(buckets(counts), q)
  if (expected === null) expect(got).toBeNull()
  else expect(got).toBeCloseTo(expected)
})

test('a latency that crosses a border does not double', () => {
  const before = percentile(buckets({ 100: 100 }), 0.95)!
  const after = percentile(buckets({ 100: 94, 250: 6 }), 0.95)!
  expect(after / before).toBeLessThan(1.3)
})
