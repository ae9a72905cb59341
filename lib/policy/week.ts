import type { Hours } from '../domain/hours.ts'
import { firstInstant, type WallTime, wallTime } from './zone.ts'

/** Instants: `from` is inside, `until` is not. */
export interface Interval {
  from: number
  until: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NAMES = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/**
 * The opening of the week that holds `at`, or the next one; null when no day has any. Days that touch are one opening.
 */
export function openingAt({ zone, from, to, days }: Omit<Hours, 'freezes'>, at: number): Interval | null {
  const today = Math.floor(wallTime(zone, at) / DAY) * DAY
  let opening = null as Interval | null
  // Nine days back to back hold the next opening of any week, also after a day that clocks skipped.
  for (let day = -1; day <= 8; day++) {
    const midnight = today + day * DAY
    if (!days.includes(weekday(midnight))) continue
    const opens = firstInstant(zone, midnight + from * HOUR)
    if (opening && opening.until > at && opening.until !== opens) return opening
    const closes = firstInstant(zone, midnight + to * HOUR)
    if (opening?.until === opens) opening.until = closes
    else if (closes > opens) opening = { from: opens, until: closes }
  }
  return opening && opening.until > at ? opening : null
}

/** 1 is Monday, 7 Sunday. */
const weekday = (wall: WallTime): number => new Date(wall).getUTCDay() || 7

export function hoursInWords({ zone, from, to, days }: Hours): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  const run = sorted.length > 2 && sorted.at(-1)! - sorted[0]! === sorted.length - 1
  const names = run ? `${NAMES[sorted[0]!]}–${NAMES[sorted.at(-1)!]}` : sorted.map((day) => NAMES[day]).join(', ')
  return `${pad(from)}:00–${pad(to)}:00 ${zone}, ${names}`
}

const pad = (n: number): string => String(n).padStart(2, '0')

/** `Mon 2026-06-08 09:00`, as the wall of the zone shows it. */
export function onTheWall(zone: string, instant: number): string {
  const wall = wallTime(zone, instant)
  return `${NAMES[weekday(wall)]} ${new Date(wall).toISOString().slice(0, 16).replace('T', ' ')}`
}
