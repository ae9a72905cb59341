import type { QuietHours } from '../domain/notifySettings.ts'
import { midnightOf, minutesOf, weekdayOf, zoneOr } from './slots.ts'
import { endInstant, firstInstant } from './zone.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Yesterday's night may last until today, and six days that are quiet end within nine. */
const NEAR = Array.from({ length: 11 }, (_, n) => n - 1)

/** Until when it is quiet at `at`, null where it is not; and when it is quiet next after that. */
export function quietAround(hours: QuietHours, zone: string, at: Date): { until: Date | null; next: Date | null } {
  const all = quietTimes(hours, zoneOr(zone), at.getTime())
  const dated = (instant: number | undefined) => (instant === undefined ? null : new Date(instant))
  return {
    until: dated(all.find(({ from, until }) => from <= at.getTime() && at.getTime() < until)?.until),
    next: dated(all.find(({ from }) => from > at.getTime())?.from),
  }
}

/**
 * Quiet times in order, those that touch made one: `from` is inside, `until` is not. From the first time the wall shows the beginning to the last time it shows less
 * than the end: what clocks show twice is quiet through, and in what they skip there is nothing to be quiet.
 */
function quietTimes(hours: QuietHours, zone: string, at: number): { from: number; until: number }[] {
  const today = midnightOf(zone, at)
  const times = NEAR.flatMap((n) => {
    const midnight = today + n * DAY
    const over = minutesOf(hours.from) > minutesOf(hours.to) ? DAY : 0
    const night = [midnight + minutesOf(hours.from) * MINUTE, midnight + over + minutesOf(hours.to) * MINUTE] as const
    return hours.allDay.includes(weekdayOf(midnight)) ? [night, [midnight, midnight + DAY] as const] : [night]
  }).map(([from, until]) => ({ from: firstInstant(zone, from), until: endInstant(zone, until) }))
  const joined: { from: number; until: number }[] = []
  for (const time of times.filter(({ from, until }) => until > from).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last && time.from <= last.until) last.until = Math.max(last.until, time.until)
    else joined.push(time)
  }
  return joined
}
