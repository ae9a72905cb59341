import type { Hours } from '../../lib/domain/hours.ts'

/** Production hours by brute force: what the wall shows, asked of Intl for every instant. Shares nothing with the code. */
const MINUTE = 60_000
const QUARTER = 15 * MINUTE

const formats = new Map<string, Intl.DateTimeFormat>()
function wall(zone: string, instant: number): { text: string; hour: number; weekday: number } {
  let format = formats.get(zone)
  if (!format) {
    const options = { hourCycle: 'h23', timeZone: zone, weekday: 'short', dateStyle: undefined } as const
    const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
    format = new Intl.DateTimeFormat('en-GB', { ...options, ...digits })
    formats.set(zone, format)
  }
  // `Mon, 01/06/2026, 09:00`
  const [, name, day, month, year, hour, minute] = /^(\w+), (..)\/(..)\/(....), (..):(..)/.exec(format.format(instant))!
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(name!) + 1
  return { text: `${year}-${month}-${day}T${hour}:${minute}`, hour: Number(hour), weekday }
}

/** Frozen: the wall shows, or has lately shown and will shortly show again, a time from `from` to before `until`. */
function frozen({ zone, freezes }: Hours, now: number): boolean {
  return freezes.some(({ from, until }) => {
    const inside = (instant: number) => {
      const { text } = wall(zone, instant)
      return text >= from && (until.includes('T') ? text < until : text.slice(0, 10) <= until)
    }
    if (inside(now)) return true
    const { text } = wall(zone, now)
    if (text.slice(0, 10) < from.slice(0, 10) || text.slice(0, 10) > until.slice(0, 10)) return false
    const near = Array.from({ length: 12 }, (_, n) => (n + 1) * QUARTER)
    const mark = Math.floor(now / QUARTER) * QUARTER
    return [0, ...near].some((ms) => inside(mark - ms)) && near.some((ms) => inside(mark + ms))
  })
}

export function isOpen(hours: Hours, instant: number): boolean {
  const { hour, weekday } = wall(hours.zone, instant)
  return hours.days.includes(weekday) && hour >= hours.from && hour < hours.to && !frozen(hours, instant)
}

/** The next instant that is open, found by walking; null when none is within 400 days, or nobody knows the zone. */
export function opensAt(hours: Hours, now: number): number | null {
  try {
    if (isOpen(hours, now)) return now
  } catch {
    return null
  }
  let at = Math.floor(now / QUARTER) * QUARTER
  do at += QUARTER
  while (!isOpen(hours, at) && at < now + 400 * 24 * 60 * MINUTE)
  return isOpen(hours, at) ? at : null
}

/** The first closed minute after an open instant; a few hours on is far enough for what is asked here. */
export function closesAt(hours: Hours, open: number): number {
  let at = Math.floor(open / MINUTE) * MINUTE
  do at += MINUTE
  while (isOpen(hours, at) && at < open + 180 * MINUTE)
  return at
}
