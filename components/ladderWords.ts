import type { Watch } from '@/lib/domain/release.ts'
import { count, many } from './numbers.ts'

export function smokeInWords(smoke: { passed: number; failed: number } | undefined): string[] {
  if (!smoke) return []
  return [`${count(smoke.passed)} of ${many(smoke.passed + smoke.failed, 'smoke request')} as expected`]
}

/** Probes are our own requests: silence means something only where enough were sent. */
export function probesInWords(watch: Watch | undefined): string[] {
  if (!watch) return []
  const { sent, failed, p50, p95 } = watch.probes
  const pace = sent > 0 ? [`half within ${Math.round(p50)} ms, 95 % within ${Math.round(p95)} ms`] : []
  return [`${many(sent, 'probe')}, ${count(failed)} failed`, ...pace]
}

/** Users' requests on the new commit and on the one before. */
export function requestsInWords(watch: Watch | undefined): string[] {
  if (!watch || watch.before.requests + watch.after.requests === 0) return []
  const side = ({ requests, failed }: Watch['after']) => `${count(failed)} of ${count(requests)}`
  const fresh = watch.newErrors.length
  return [
    `${side(watch.after)} requests failed, ${side(watch.before)} before`,
    fresh === 0 ? 'no new error' : many(fresh, 'new error'),
  ]
}
