import { EXPECTED_FOR_CURE } from './cure.ts'

/** When an unexposed release is asked at the latest (design, section 5); after the last nobody asks again. */
const DAYS = [1, 7, 30]
const DAY_MS = 86_400_000

/** Of the time the requests should need at the pace so far: a pace is never quite kept. */
const MARGIN = 1.1
/** Each wait is at least half of what has passed, so that a day has about twenty of them at most. */
const LEAST = 1.5

/**
 * When to ask again whether an error stopped: once there should have been requests enough at the pace so far, and after
 * 1, 7 and 30 days. Null when nobody asks again.
 */
export function askAgainAt(shipped: Date, now: Date, expected: number): Date | null {
  const passed = Math.max(0, now.getTime() - shipped.getTime())
  const last = DAYS.map((days) => days * DAY_MS).find((after) => after > passed)
  if (last === undefined) return null
  const enough = expected > 0 ? passed * Math.max(LEAST, (MARGIN * EXPECTED_FOR_CURE) / expected) : last
  return new Date(shipped.getTime() + Math.min(enough > passed ? enough : last, last))
}
