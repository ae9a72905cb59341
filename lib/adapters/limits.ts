/** A number as large as this is a moment, in seconds since 1970; a smaller one is seconds from now. */
const A_MOMENT = 1_000_000_000
const FURTHEST_MS = 24 * 3_600_000

const NAMES = ['retry-after', 'x-ratelimit-reset', 'ratelimit-reset']

/**
 * When a limit ends, by the headers of the answer that told of it; null where none says, or none that can be meant. A
 * `Retry-After` may be a date as well.
 */
export function limitEnds(header: (name: string) => unknown, now = Date.now()): Date | null {
  for (const name of NAMES) {
    const said = String(header(name) ?? '').trim()
    const seconds = /^\d{1,12}$/.test(said) ? Number(said) : Number.NaN
    const ends = Number.isNaN(seconds) ? dateIn(said) : seconds >= A_MOMENT ? seconds * 1000 : now + seconds * 1000
    if (ends >= now && ends <= now + FURTHEST_MS) return new Date(ends)
  }
  return null
}

/** `Sun, 29 Nov 2026 03:00:00 GMT`; `Date.parse` alone would read much else as one. */
const dateIn = (said: string): number => (/^[A-Z][a-z]{2}, .+ GMT$/.test(said) ? Date.parse(said) : Number.NaN)
