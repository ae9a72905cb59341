import type { Watch } from '../../lib/domain/release.ts'

/** A watch in which everything is fine; each test spoils one thing. */
export const fine: Watch = {
  since: '2026-06-01T10:00:00Z',
  probes: { sent: 60, failed: 0, p50: 20, p95: 40 },
  before: { requests: 1000, failed: 50, p95: 100 },
  after: { requests: 1000, failed: 50, p95: 100 },
  newErrors: [],
  healthFailures: 0,
}
