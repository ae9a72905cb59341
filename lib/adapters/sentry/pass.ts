import { z } from 'zod'

/** How far the reading of one stretch of time has come: what a cursor holds, so that any poll can be the last one. */
const Pass = z.object({
  /** Events before this were read earlier. Milliseconds since 1970, as all times here. */
  since: z.number().int(),
  /** Issues that were seen last before this need not be looked at. */
  from: z.number().int(),
  /** When its first page of issues was answered, by Sentry's clock; null before that. */
  until: z.number().int().nullable(),
  /** The next page of issues; null: the first. */
  page: z.string().max(200).nullable(),
  pages: z.number().int(),
  /** All pages of issues have been read. */
  listed: z.boolean(),
  /** Issues whose events since then have not all been read; `page`: from where, `size`: how many at once. */
  todo: z
    .array(
      z.object({
        issue: z.string().regex(/^\d{1,30}$/),
        since: z.number().int(),
        page: z.string().max(200).nullable(),
        size: z.number().int().min(1).max(100),
        /** How often it failed. */
        tries: z.number().int(),
      }),
    )
    .max(1000),
})
export type Pass = z.infer<typeof Pass>
export type Todo = Pass['todo'][number]

const HOUR = 3_600_000
/** A source that was never read begins here, as traffic does; what it told is not counted twice. */
export const FIRST_MS = 24 * HOUR
/** Events are kept 14 days; older ones would be dropped as they come. */
export const FURTHEST_MS = 13 * 24 * HOUR
/**
 * How far each stretch reaches into the one before. Sentry shows an event some seconds after it came, minutes when it is
 * busy, and from replicas that are behind; what is told twice is stored once.
 */
export const OVERLAP_MS = 10 * 60_000

/** What Sentry received so shortly before it was asked may not be shown yet. */
const SETTLES_MS = 30_000

export const passFrom = (since: number): Pass => ({
  ...{ since, from: since, until: null, page: null, pages: 0, listed: false, todo: [] },
})

/** One that cannot be read begins anew: that costs calls, and loses nothing of the last day. */
export function passOf(cursor: string | null, now: number): Pass {
  const furthest = now - FURTHEST_MS
  try {
    const pass = Pass.parse(JSON.parse(cursor ?? ''))
    return { ...pass, since: Math.max(pass.since, furthest), from: Math.max(pass.from, furthest) }
  } catch {
    return passFrom(now - FIRST_MS)
  }
}

export const cursorOf = (pass: Pass): string => JSON.stringify(pass)

/**
 * What comes after a stretch of which everything was read but what failed, which is carried on. Issues move to the front of
 * the list when something new comes, so one may slip past whoever turns its pages: after more than one page, those that
 * moved meanwhile are looked at again.
 */
export function closed({ since, until, pages, todo }: Pass): { pass: Pass; readUntil: number | null; ends: boolean } {
  const from = until! - OVERLAP_MS
  if (pages > 1) return { pass: { ...passFrom(since), from, todo }, readUntil: null, ends: false }
  return { pass: { ...passFrom(from), todo }, readUntil: todo.length > 0 ? null : until! - SETTLES_MS, ends: true }
}
