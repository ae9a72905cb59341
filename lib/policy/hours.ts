import type { Hours } from '../domain/hours.ts'
import { type Frozen, freezeInWords, frozenIn, thawed } from './freezes.ts'
import { hoursInWords, onTheWall, openingAt } from './week.ts'
import { isZone } from './zone.ts'

/** The current or the next open interval: `from` is inside, `until` is not. Both equal `now` when it never opens. */
export interface HoursWindow {
  open: boolean
  from: Date
  until: Date
  why: string
}

/** How far ahead an opening is looked for: a freeze longer than a year is a stop. */
const HORIZON_DAYS = 400
const HORIZON = HORIZON_DAYS * 86_400_000

/**
 * When production is open for P2–P4: the hours of the week without the freezes. A day's hours run from `from` to `to`
 * on the wall; `to` at or before `from` is never open rather than guessed at, and so is a zone nobody knows.
 */
export function hoursWindow(hours: Hours, now: Date): HoursWindow {
  const never = (why: string): HoursWindow => ({ open: false, from: now, until: now, why })
  if (!isZone(hours.zone)) return never('The time zone of the production hours is unknown.')
  if (hours.days.length === 0 || !(hours.to > hours.from)) return never('Production hours name no open time.')
  const frozen = frozenIn(hours)
  let at = now.getTime()
  while (at - now.getTime() <= HORIZON) {
    const opening = openingAt(hours, at)
    if (!opening) return never('Production hours name no open time.')
    const { from, until } = thawed(opening, frozen, at)
    if (until > from) {
      const open = from <= now.getTime()
      const why = open ? `Inside production hours (${hoursInWords(hours)}).` : closedInWords(hours, frozen, now, from)
      return { open, from: new Date(from), until: new Date(until), why }
    }
    at = from
  }
  return never(closedInWords(hours, frozen, now, null))
}

/** Why it is closed now, and until when; `opens` null is beyond the horizon. */
function closedInWords(hours: Hours, frozen: Frozen[], now: Date, opens: number | null): string {
  const text = hoursInWords(hours)
  const freeze = freezeInWords(hours.zone, frozen, now.getTime(), opens ?? Number.POSITIVE_INFINITY)
  const first = freeze.now ?? `Outside production hours (${text})`
  const who = freeze.now ? `production hours (${text})` : 'they'
  const open = opens === null ? `do not open within ${HORIZON_DAYS} days` : `open ${onTheWall(hours.zone, opens)}`
  return `${[first, freeze.later, `${who} ${open}`].filter(Boolean).join('; ')}.`
}
