import { expect, test } from 'vitest'
import type { Observation, Verdict, Watch } from '../../lib/domain/release.ts'
import { healthOf } from '../../lib/policy/health.ts'
import { fine } from './watches.ts'

type Case = [string, Partial<Watch>, Verdict['answer'], string]
const seen = (requests: number, failed: number, p95: number | null = 100): Observation => ({ requests, failed, p95 })
const probes = (sent: number, failed = 0, p95 = 40) => ({ probes: { sent, failed, p50: 20, p95 } })

const RATE: Case[] = [
  ['the same rate', {}, 'healthy', '50 of 1000'],
  ['up exactly 20 %', { after: seen(1000, 60) }, 'healthy', '60 of 1000'],
  ['up more than 20 %', { after: seen(1000, 61) }, 'unhealthy', '61 of 1000'],
  ['exactly 20 % on thirds', { before: seen(300, 50), after: seen(300, 60) }, 'healthy', '60 of 300'],
  ['up, but by two failures', { before: seen(1000, 5), after: seen(1000, 7) }, 'healthy', '7 of 1000'],
  ['up by three failures', { before: seen(1000, 5), after: seen(1000, 8) }, 'unhealthy', '8 of 1000'],
  ['a stray failure from zero', { before: seen(1000, 0), after: seen(1000, 1) }, 'healthy', '1 of 1000'],
  ['two from zero', { before: seen(1000, 0), after: seen(1000, 2) }, 'healthy', '2 of 1000'],
  ['three from zero', { before: seen(1000, 0), after: seen(1000, 3) }, 'unhealthy', '3 of 1000'],
  ['down', { after: seen(1000, 0) }, 'healthy', '0 of 1000'],
  ['200 a side decide', { before: seen(200, 0), after: seen(200, 3) }, 'unhealthy', '3 of 200'],
  ['199 before do not', { before: seen(199, 0), after: seen(200, 3), ...probes(59) }, 'inconclusive', '3 of 200'],
  ['199 after do not', { before: seen(200, 0), after: seen(199, 3) }, 'inconclusive', '200 a side'],
  ['few requests, 60 probes', { after: seen(10, 0) }, 'healthy', '60 probes stand in'],
  ['few requests, 59 probes', { after: seen(10, 0), ...probes(59) }, 'inconclusive', '59 probes'],
  [
    'probes do not outvote failing requests',
    { before: seen(0, 0), after: seen(900, 400) },
    'inconclusive',
    '400 of 900',
  ],
]

const ERRORS: Case[] = [
  ['a new error, three times', { newErrors: [3] }, 'unhealthy', 'seen 3 times'],
  ['a new error, twice', { newErrors: [2] }, 'inconclusive', '3 events decide'],
  ['three new errors, once each', { newErrors: [1, 1, 1] }, 'inconclusive', 'seen once'],
  ['the worst of several', { newErrors: [1, 5] }, 'unhealthy', 'seen 5 times'],
  ['three failed probes', probes(60, 3), 'unhealthy', '3 of 60 probes'],
  ['one failed probe', probes(60, 1), 'inconclusive', '1 of 60 probes'],
  [
    'new errors alone condemn, without any traffic',
    { newErrors: [3], after: seen(0, 0, null) },
    'unhealthy',
    '3 times',
  ],
]

const HEALTH: Case[] = [
  ['health failed twice', { healthFailures: 2 }, 'unhealthy', '2 times in a row'],
  ['health failed once', { healthFailures: 1 }, 'inconclusive', '2 in a row decide'],
  [
    'health failed twice, nothing else known',
    { healthFailures: 2, after: seen(Number.NaN, 0) },
    'unhealthy',
    '2 times',
  ],
  ['two probes are', probes(2), 'healthy', 'checks answered'],
  ['one probe is no health check', probes(1), 'inconclusive', 'needs 2'],
]

const LATENCY: Case[] = [
  ['exactly double', { after: seen(1000, 50, 200) }, 'healthy', '200 ms'],
  ['more than double', { after: seen(1000, 50, 201) }, 'unhealthy', '201 ms, 100 ms before'],
  ['2 ms to 5 ms is noise', { before: seen(1000, 50, 2), after: seen(1000, 50, 5) }, 'healthy', '5 ms'],
  ['up by exactly 50 ms', { before: seen(1000, 50, 10), after: seen(1000, 50, 60) }, 'healthy', '60 ms'],
  ['up by 51 ms and double', { before: seen(1000, 50, 10), after: seen(1000, 50, 61) }, 'unhealthy', '61 ms'],
  ['probes stand in', { after: seen(10, 0, 9000), ...probes(60, 0, 201) }, 'unhealthy', '201 ms'],
  ['from 0 ms', { before: seen(1000, 50, 0), after: seen(1000, 50, 51) }, 'unhealthy', '51 ms, 0 ms before'],
  ['requests outrank probes', probes(60, 0, 9000), 'healthy', '100 ms'],
  ['nothing to compare with', { before: seen(1000, 50, null) }, 'inconclusive', 'from before'],
  ['not measured, probes stand in', { after: seen(1000, 50, null), ...probes(60, 0, 300) }, 'unhealthy', '300 ms'],
  [
    'not measured at all',
    { after: seen(1000, 50, null), ...probes(60, 0, Number.NaN) },
    'inconclusive',
    'not measured',
  ],
]

const BROKEN: Case[] = [
  ['nothing seen', { after: seen(0, 0, null), ...probes(0, 0, 0) }, 'inconclusive', '0 after and 0 probes'],
  ['NaN requests', { after: seen(Number.NaN, 0) }, 'inconclusive', 'not counted'],
  ['negative requests', { before: seen(-1, 0) }, 'inconclusive', 'not counted'],
  ['more failed than there were', { after: seen(300, 301) }, 'inconclusive', 'not counted'],
  ['NaN new errors', { newErrors: [Number.NaN] }, 'inconclusive', 'errors were not counted'],
  ['negative new errors', { newErrors: [-3] }, 'inconclusive', 'errors were not counted'],
  ['NaN probes', probes(Number.NaN), 'inconclusive', 'not counted'],
  ['endless health failures', { healthFailures: Number.POSITIVE_INFINITY }, 'inconclusive', 'health checks'],
  ['negative response time', { after: seen(1000, 50, -5), ...probes(60, 0, -5) }, 'inconclusive', 'not measured'],
]

test.each([...RATE, ...ERRORS, ...HEALTH, ...LATENCY, ...BROKEN])('%s', (_, over, answer, why) => {
  const verdict = healthOf({ ...fine, ...over })
  expect(verdict.why).toContain(why)
  expect(verdict.answer).toBe(answer)
})

test('every bad signal is named, and good ones are not', () => {
  const verdict = healthOf({ ...fine, newErrors: [4], healthFailures: 3 })
  expect(verdict.why).toBe('The health check failed 3 times in a row; a new error was seen 4 times.')
})

test('the minimum can be raised', () => {
  expect(healthOf(fine, { minRequests: 1001, minProbes: 61 }).answer).toBe('inconclusive')
})
