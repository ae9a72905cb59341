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

/** What the clock on the wall shows at an instant. */
export function wallTime(zone: string, instant: number): WallTime {
  const second = Math.floor(instant / 1000) * 1000
  const digits: Record<string, number> = {}
  for (const part of formatter(zone).formatToParts(second)) digits[part.type] = Number(part.value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: s = 0 } = digits
  return Date.UTC(year, month - 1, day, hour, minute, s) + (instant - second)
}

const DAY = 86_400_000

/**
 * The first instant at which the wall shows `wall` or, when clocks jump over it, anything later: an hour that is
 * skipped begins when the clocks change, an hour that comes twice begins the first time.
 */
export function firstInstant(zone: string, wall: WallTime): number {
  const offsets = [wall - DAY, wall + DAY].map((near) => wallTime(zone, near) - near)
  const [early, late] = offsets.map((offset) => wall - offset).sort((a, b) => a - b) as [number, number]
  if (wallTime(zone, early) === wall) return early
  if (wallTime(zone, late) === wall) return late
  let before = early
  let after = late
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (wallTime(zone, middle) >= wall) after = middle
    else before = middle
  }
  return after
}
