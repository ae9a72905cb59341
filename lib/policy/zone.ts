/** Wall clock of an IANA zone, by Intl alone. A wall time is written as the UTC milliseconds of the same digits. */
export type WallTime = number

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Throws RangeError for a zone nobody knows. */
function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(zone, made)
  return made
}

/** A name of the time zone database; an offset is none, because PostgreSQL reads its sign the other way round. */
export function isZone(zone: string): boolean {
  try {
    formatter(zone)
    return /^[a-z]/i.test(zone)
  } catch {
    return false
  }
}

/** What the clock on the wall shows at an instant. */
export function wallTime(zone: string, instant: number): WallTime {
  const second = Math.floor(instant / 1000) * 1000
  // Read from the text, month first as in `6/1/2026, 09:00:00`: taking it apart by name costs three times as much.
  const digits = formatter(zone).format(second).split(/\D+/).map(Number)
  const [month = 1, day = 1, year = 0, hour = 0, minute = 0, s = 0] = digits
  return Date.UTC(year, month - 1, day, hour, minute, s) + (instant - second)
}

const DAY = 86_400_000

/**
 * The first instant at which the wall shows `wall` or, when clocks jump over it, anything later: an hour that is
 * skipped begins when the clocks change, an hour that comes twice begins the first time.
 */
export function firstInstant(zone: string, wall: WallTime): number {
  const [early, late] = guesses(zone, wall)
  if (wallTime(zone, early) === wall) return early
  if (wallTime(zone, late) === wall) return late
  return changeOver(zone, wall, early, late)
}

/**
 * When the wall shows less than `wall` for the last time: a half past one that comes twice is over the second time, but
 * midnight is over the first time, where clocks go back from one to midnight.
 */
export function endInstant(zone: string, wall: WallTime): number {
  const [, late] = guesses(zone, wall)
  const stillBefore = wallTime(zone, late) === wall && wallTime(zone, late - 1) < wall
  return stillBefore ? late : firstInstant(zone, wall)
}

/** By the zone's offsets a day before and a day after, the earlier instant first. */
function guesses(zone: string, wall: WallTime): [number, number] {
  const [before, after] = [wall - DAY, wall + DAY].map((near) => wall - (wallTime(zone, near) - near)) as [
    number,
    number,
  ]
  return before < after ? [before, after] : [after, before]
}

/** When the clocks jumped over `wall`. */
function changeOver(zone: string, wall: WallTime, early: number, late: number): number {
  let before = early
  let after = late
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (wallTime(zone, middle) >= wall) after = middle
    else before = middle
  }
  return after
}
