import { expect, test } from 'vitest'
import { limitEnds } from '../../lib/adapters/limits.ts'

const NOW = Date.parse('2026-11-29T03:00:00Z')
const SECONDS = NOW / 1000

test.each<[Record<string, string>, number | null]>([
  [{ 'retry-after': '30' }, 30],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': 'Sun, 29 Nov 2026 03:01:00 GMT' }, 60],
  [{ 'x-ratelimit-reset': String(SECONDS + 90) }, 90],
  [{ 'ratelimit-reset': String(SECONDS + 90) }, 90],
  [{ 'x-ratelimit-reset': '45' }, 45],
  [{ 'retry-after': '5', 'x-ratelimit-reset': String(SECONDS + 900) }, 5],
  [{ 'retry-after': 'later', 'x-ratelimit-reset': String(SECONDS + 900) }, 900],
  [{ 'retry-after': '-5' }, null],
  [{ 'retry-after': '2027' }, 2027],
  [{ 'retry-after': '999999999' }, null],
  [{ 'x-ratelimit-reset': String(SECONDS - 5) }, null],
  [{ 'x-ratelimit-reset': '2026-11-29' }, null],
  [{}, null],
])('%j', (headers, seconds) => {
  const ends = limitEnds((name) => headers[name], NOW)
  expect(ends === null ? null : (ends.getTime() - NOW) / 1000).toBe(seconds)
})
