import type { Release } from '../domain/release.ts'

/**
 * How far a yes is asked for, of a fix that waits for one. A branch and what comes after it are asked for as staging; a
 * way back is ordered, not approved. `release`: the newest; one of an earlier fix says nothing about this one.
 */
export function askedTarget(fix: { id: string }, release: Release | null): 'staging' | 'production' | null {
  if (release?.fix !== fix.id) return 'staging'
  const { refused, back } = release.facts
  if (back || !refused?.asks) return null
  return refused.target === 'production' ? 'production' : 'staging'
}
