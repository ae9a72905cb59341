import type { Issue } from '../domain/issue.ts'
import { FINDINGS, type Finding, type FindingGroup, type WeeklyReview } from '../domain/summary.ts'

export interface WeeklyFacts {
  /** P4 that are open, most often counted first. */
  open: Issue[]
  /** Open ones beyond those. */
  more: number
  /** How many were closed since. */
  gone: number
  since: Date
}

/** The week's findings, by what can be done about them. */
export function weeklyReviewOf({ open, more, gone, since }: WeeklyFacts): WeeklyReview {
  const groups = Object.fromEntries(FINDINGS.map((group) => [group, [] as Finding[]])) as WeeklyReview['groups']
  for (const issue of open)
    groups[groupOf(issue)].push({
      ...{ issue: issue.id, route: plainRoute(issue.route), seen: issue.seen },
      isNew: issue.firstSeen > since,
    })
  for (const group of FINDINGS) groups[group].sort((a, b) => b.seen - a.seen || a.issue - b.issue)
  return { groups, gone, more }
}

export const isQuietWeek = ({ groups, gone, more }: WeeklyReview): boolean =>
  gone + more === 0 && Object.values(groups).every((findings) => findings.length === 0)

/** Slow routes are ours by their fingerprint; anything else P4 is a warning, or was found harmless. */
const groupOf = ({ fingerprint }: Issue): FindingGroup => (fingerprint.startsWith('slow:') ? 'slow' : 'other')

/**
 * A route comes with an event, so it is told outside only where no program that shows it can take it for an address:
 * without dots, and with one slash at a time.
 */
export const plainRoute = (route: string | null): string | null =>
  route !== null && /^[A-Z]{3,7} (?:\/[\w[\]{}:*-]{0,60}){1,8}$/.test(route) && !route.includes('//') ? route : null
