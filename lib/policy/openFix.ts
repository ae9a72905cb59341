import type { Fix } from '../domain/fix.ts'
import type { Release } from '../domain/release.ts'

/**
 * The fix that is still on its way: being made, or proven and neither rejected, nor taken back, nor found not to help,
 * nor overtaken by what production runs.
 * Null when the next attempt is due.
 */
export function openFix(fixes: Fix[], releases: Pick<Release, 'fix' | 'state'>[]): Fix | null {
  const over = new Set(
    releases.filter(({ state }) => state === 'relapsed' || state === 'rolled-back').map((r) => r.fix),
  )
  return fixes.find((fix) => fix.state !== 'refused' && !fix.withdrawn && !fix.superseded && !over.has(fix.id)) ?? null
}
