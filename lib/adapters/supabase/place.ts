import { createHash } from 'node:crypto'
import { z } from 'zod'

/** Where the reading of a project's logs stands: what a cursor holds, so that any poll can be the last one. */
const Place = z.object({
  /** Everything before has been read, by Supabase's clock. Milliseconds since 1970, as all times here. */
  from: z.number().int(),
  /** The stretch that is half read, newest first. */
  window: z
    .object({
      start: z.number().int(),
      end: z.number().int(),
      /** When its first page was answered; null before that. */
      until: z.number().int().nullable(),
      /** The moment of the last line read, as ClickHouse spells it; what follows is not newer, or where `strict` older. */
      below: z
        .string()
        .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/)
        .nullable(),
      strict: z.boolean(),
    })
    .nullable(),
  /** What the column with a line's source is called there. */
  column: z.enum(['source', 'source_name']),
  /** When the token was last seen to be read-only, and which one that was. */
  proven: z.object({ at: z.number().int(), token: z.string().max(64) }).nullable(),
  /** When the advisors were last heard. */
  advised: z.number().int().nullable(),
})
export type Place = z.infer<typeof Place>
export type Stretch = NonNullable<Place['window']>

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** A source that was never read begins here. */
export const FIRST_MS = 23 * HOUR
/** Older lines are gone on most plans, and events that old would soon be dropped here. */
export const FURTHEST_MS = 7 * 24 * HOUR
/** One stretch: the service takes 24 hours at most, and rounds both ends to the minute. */
export const STRETCH_MS = 12 * HOUR
/** How far each stretch reaches into the one before: lines come seconds to a minute late, and later when it is busy. */
export const OVERLAP_MS = 5 * MINUTE
/** What was logged so shortly before it was asked for may not be shown yet. */
export const SETTLES_MS = 90_000
/** A token may be given more rights any day. */
const PROVEN_MS = HOUR
const ADVISED_MS = HOUR

/** One that cannot be read begins anew: that costs calls, and loses nothing of the last day. */
export function placeOf(cursor: string | null, now: number): Place {
  try {
    const place = Place.parse(JSON.parse(cursor ?? ''))
    return { ...place, from: Math.max(place.from, now - FURTHEST_MS) }
  } catch {
    return { from: now - FIRST_MS, window: null, column: 'source', proven: null, advised: null }
  }
}

export const cursorOf = (place: Place): string => JSON.stringify(place)

/** Names a token without telling it. */
export const nameOf = (token: string): string =>
  createHash('sha256').update(`supabase:${token}`).digest('hex').slice(0, 24)

export const isProven = ({ proven }: Place, token: string, now: number): boolean =>
  proven !== null && proven.token === nameOf(token) && now - proven.at < PROVEN_MS && proven.at <= now

export const isAdvised = ({ advised }: Place, now: number): boolean => advised !== null && now - advised < ADVISED_MS

/** The next stretch: whole minutes, so that rounding moves neither end. */
export function nextWindow({ from }: Place, until: number): Stretch {
  // A clock that was put back would leave nothing to ask for.
  const start = Math.floor((Math.min(from, until) - OVERLAP_MS) / MINUTE) * MINUTE
  const end = Math.min(start + STRETCH_MS, Math.ceil(until / MINUTE) * MINUTE)
  return { start, end, until: null, below: null, strict: false }
}
