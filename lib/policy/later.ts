import type { ModelFailure } from '../domain/model.ts'

/** What keeps an attempt from being made, and passes without anybody doing anything about the code. */
export type Obstacle =
  | Extract<ModelFailure, 'limited' | 'unavailable' | 'timed-out' | 'over-budget' | 'paused'>
  | 'registry'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** How soon to look again at first: a day's money comes back with the next day, a provider within minutes. */
const FIRST_MS: Record<Obstacle, number> = {
  ...{ limited: MINUTE_MS, unavailable: MINUTE_MS, 'timed-out': MINUTE_MS, registry: MINUTE_MS, paused: MINUTE_MS },
  'over-budget': HOUR_MS,
}

/** Whoever does not come back for so long has gone, and a person has to know. */
const MOST_MS = 24 * HOUR_MS

export const isObstacle = (why: string): why is Obstacle => Object.hasOwn(FIRST_MS, why)

/**
 * In how many milliseconds an attempt that has been waiting since `began` is tried again: as long again as it has waited,
 * an hour at most. Null once that has lasted a day.
 */
export function laterMs(obstacle: Obstacle, began: Date, now: Date): number | null {
  const waited = Math.max(0, now.getTime() - began.getTime())
  if (waited >= MOST_MS) return null
  return Math.min(HOUR_MS, Math.max(FIRST_MS[obstacle], waited))
}
