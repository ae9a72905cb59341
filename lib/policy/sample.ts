import type { Observation, ProbeCount } from '../domain/release.ts'

/** Numbers that can be reasoned with: counts are whole and not negative, and no more failed than there were. */
export function countsAreSound(o: { failed: number } & ({ requests: number } | { sent: number })): boolean {
  const all = 'requests' in o ? o.requests : o.sent
  return isCount(all) && isCount(o.failed) && o.failed <= all
}

export const isCount = (n: unknown): n is number => typeof n === 'number' && Number.isInteger(n) && n >= 0

/** A duration in milliseconds that was measured. */
export const isDuration = (n: unknown): n is number => typeof n === 'number' && Number.isFinite(n) && n >= 0

export interface Minimum {
  minRequests: number
  minProbes: number
}

/** Enough requests on both sides to compare them. */
export const enoughRequests = (before: Observation, after: Observation, { minRequests }: Minimum): boolean =>
  countsAreSound(before) && countsAreSound(after) && before.requests >= minRequests && after.requests >= minRequests

/** Enough probes of ours to stand in for missing requests. */
export const enoughProbes = (probes: ProbeCount, { minProbes }: Minimum): boolean =>
  countsAreSound(probes) && probes.sent >= minProbes
