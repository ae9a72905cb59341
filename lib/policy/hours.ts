import type { Policy } from '../domain/project.ts'
import { firstInstant, type WallTime, wallTime } from './zone.ts'

/** The current or the next open interval: `from` is inside, `until` is not. Both equal `now` when it never opens. */
export interface HoursWindow {
  open: boolean
  from: Date
  until: Date
  why: string
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NAMES = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/**
 * When production is open for P2–P4. A day's interval runs from `from` to `to` on the wall; `to` at or before `from`
 * is never open rather than guessed at. Days that touch are one interval. A zone nobody knows is never open.
 */
export function hoursWindow(hours: Policy['hours'], now: Date): HoursWindow {
  const never = (why: string): HoursWindow => ({ open: false, from: now, until: now, why })
  const { zone, from, to, days } = hours
  if (days.length === 0 || !(to > from)) return never('Production hours name no open time.')
  let today: WallTime
  try {
    today = Math.floor(wallTime(zone, now.getTime()) / DAY) * DAY
  } catch {
    return never('The time zone of the production hours is unknown.')
  }
  // Nine days back to back hold the next opening of any week, also after a day that clocks skipped.
  const intervals: { from: number; until: number }[] = []
  for (let day = -1; day <= 8; day++) {
    const midnight = today + day * DAY
    if (!days.includes(weekday(midnight))) continue
    const opens = firstInstant(zone, midnight + from * HOUR)
    const closes = firstInstant(zone, midnight + to * HOUR)
    const last = intervals.at(-1)
    if (last?.until === opens) last.until = closes
    else if (closes > opens) intervals.push({ from: opens, until: closes })
  }
  const next = intervals.find((interval) => interval.until > now.getTime())
  if (!next) return never('Production hours name no open time.')
  const open = next.from <= now.getTime()
  const text = `${pad(from)}:00–${pad(to)}:00 ${zone}, ${daysInWords(days)}`
  const why = open
    ? `Inside production hours (${text}).`
    : `Outside production hours (${text}); they open ${onTheWall(zone, next.from)}.`
  return { open, from: new Date(next.from), until: new Date(next.until), why }
}

/** 1 is Monday, 7 Sunday. */
const weekday = (wall: WallTime): number => new Date(wall).getUTCDay() || 7

const pad = (n: number): string => String(n).padStart(2, '0')

function daysInWords(days: number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  const run = sorted.length > 2 && sorted.at(-1)! - sorted[0]! === sorted.length - 1
  return run ? `${NAMES[sorted[0]!]}–${NAMES[sorted.at(-1)!]}` : sorted.map((day) => NAMES[day]).join(', ')
}

function onTheWall(zone: string, instant: number): string {
  const wall = wallTime(zone, instant)
  return `${NAMES[weekday(wall)]} ${new Date(wall).toISOString().slice(0, 16).replace('T', ' ')}`
}
