import { firstInstant, isZone, type WallTime, wallTime } from './zone.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** One time of day on some days of the week, on the wall of a zone. */
export interface Schedule {
  zone: string
  /** `09:00`. */
  at: string
  /** 1 is Monday, 7 Sunday. */
  days: number[]
}

/** One moment of a schedule. */
export interface Slot {
  /** The day it is of, YYYY-MM-DD: the same day is the same slot, whatever clocks do on it. */
  day: string
  at: Date
}

/** A zone nobody knows counts as UTC: late or early by hours is better than never. */
export const zoneOr = (zone: string): string => (isZone(zone) ? zone : 'UTC')

export const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

/** 1 is Monday, 7 Sunday. */
export const weekdayOf = (midnight: WallTime): number => new Date(midnight).getUTCDay() || 7

export const midnightOf = (zone: string, instant: number): WallTime => Math.floor(wallTime(zone, instant) / DAY) * DAY

/**
 * When a day's slot is: the first time the wall shows it. Where clocks jump over it, that is when they do; where they show
 * it twice, the first time. Null: the wall never shows that day, as once in Samoa.
 */
function slotOn(zone: string, midnight: WallTime, at: string): Slot | null {
  const begins = firstInstant(zone, midnight)
  if (midnightOf(zone, begins) !== midnight) return null
  const instant = firstInstant(zone, midnight + minutesOf(at) * MINUTE)
  return { day: new Date(midnight).toISOString().slice(0, 10), at: new Date(instant) }
}

/** Nine days hold a slot of any week, also where one of them was skipped. */
const NEAR = Array.from({ length: 9 }, (_, n) => n)

/** The last slot that has come by `now`. */
export const lastSlot = (schedule: Schedule, now: Date): Slot | null =>
  nearest(schedule, now, -1, (at) => at <= now.getTime())

/** The next slot, from `now` itself on. */
export const nextSlot = (schedule: Schedule, now: Date): Slot | null =>
  nearest(schedule, now, 1, (at) => at >= now.getTime())

function nearest({ zone: named, at, days }: Schedule, now: Date, step: 1 | -1, fits: (at: number) => boolean) {
  const zone = zoneOr(named)
  const today = midnightOf(zone, now.getTime())
  for (const n of NEAR) {
    const midnight = today + step * n * DAY
    if (!days.includes(weekdayOf(midnight))) continue
    const slot = slotOn(zone, midnight, at)
    if (slot && fits(slot.at.getTime())) return slot
  }
  return null
}

/** The Monday of a day's week, YYYY-MM-DD. */
export function mondayOf(day: string): string {
  const midnight = Date.parse(`${day}T00:00Z`)
  return new Date(midnight - (weekdayOf(midnight) - 1) * DAY).toISOString().slice(0, 10)
}
