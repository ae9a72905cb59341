import { expect, test } from 'vitest'
import type { Verdict, Watch } from '../../lib/domain/release.ts'
import { soakOf } from '../../lib/policy/soak.ts'
import { fine } from './watches.ts'

const policy = { soakSeconds: 600, probes: 60 }
const probes = (sent: number, failed = 0) => ({ probes: { sent, failed, p50: 1, p95: 2 } })

test.each<[string, Partial<Watch>, number, Verdict['answer'], string]>([
  ['a full window', {}, 600, 'healthy', '60 probes over 600 seconds'],
  ['a second short', {}, 599, 'inconclusive', '599 of 600 seconds'],
  ['a probe short', probes(59), 600, 'inconclusive', '59 probes answered, and 60'],
  ['one failed probe, however early', probes(3, 1), 2, 'unhealthy', '1 of 3 probes'],
  ['one event of a new error', { newErrors: [1] }, 600, 'unhealthy', '1 new error on staging'],
  ['two new errors', { newErrors: [1, 4] }, 2, 'unhealthy', '2 new errors'],
  ['a fingerprint without events', { newErrors: [0] }, 600, 'healthy', 'none failed'],
  ['health failed twice', { healthFailures: 2 }, 600, 'unhealthy', '2 times in a row'],
  ['no probes at all', probes(0), 600, 'inconclusive', '0 probes'],
  ['NaN probes', probes(Number.NaN), 600, 'inconclusive', 'not counted'],
  ['more failed than sent is a failure', probes(1, 2), 600, 'unhealthy', '2 of 1'],
  ['NaN failures', probes(60, Number.NaN), 600, 'inconclusive', 'not counted'],
  ['NaN errors', { newErrors: [Number.NaN] }, 600, 'inconclusive', 'not counted'],
  ['a clock that ran backwards', {}, -1, 'inconclusive', 'not counted'],
  ['no clock', {}, Number.NaN, 'inconclusive', 'not counted'],
])('%s', (_, over, elapsedSeconds, answer, why) => {
  const verdict = soakOf({ ...fine, ...over }, { elapsedSeconds, policy })
  expect(verdict.why).toContain(why)
  expect(verdict.answer).toBe(answer)
})

test('a policy may ask for more probes, never for fewer', () => {
  const asked = (probes: number) => soakOf(fine, { elapsedSeconds: 600, policy: { soakSeconds: 600, probes } }).answer
  expect(asked(61)).toBe('inconclusive')
  expect(asked(60)).toBe('healthy')
  expect(asked(Number.NaN)).toBe('inconclusive')
  const five = { ...fine, ...probes(5) }
  expect(soakOf(five, { elapsedSeconds: 600, policy: { soakSeconds: 600, probes: 5 } }).answer).toBe('inconclusive')
})
