import type { Severity } from '../domain/issue.ts'
import { isParked, type Release } from '../domain/release.ts'
import { isBoundByHours } from './opening.ts'

/** A release under way, and how grave what it mends is. */
export interface InLine extends Pick<Release, 'state' | 'facts'> {
  severity: Severity
}

/**
 * Whether a release under way goes before a repair of this severity. One that waits for a person may never go. One that was
 * told no for another reason, most often the hour, keeps its turn, though not before what no hours bind: an outage at
 * night does not wait for a blemish that ships in the morning.
 */
export function goesBefore(release: InLine, mine: Severity): boolean {
  if (!isParked(release)) return true
  if (release.facts.refused?.asks) return false
  return isBoundByHours(mine) || !isBoundByHours(release.severity)
}
