import type { SourceState, SourceTrouble } from '../../domain/source.ts'
import { visible } from '../../parse/visible.ts'
import { restUntil } from '../http/askJson.ts'

/** A call that was not answered as it should be. */
export class SupabaseTrouble extends Error {
  readonly trouble: SourceTrouble
  /** When it wants to be asked again, as faults of ours have it. */
  readonly again: Date | null
  /** What the far side said about the request itself, where it said anything; untrusted. */
  readonly said: string | null
  readonly status: number | null
  constructor(trouble: SourceTrouble, said: string | null = null, status: number | null = null) {
    super(`${trouble.state}: ${trouble.why}`)
    this.trouble = trouble
    this.again = trouble.again
    this.said = said
    this.status = status
  }
}

/** A number as large as this is a moment; a smaller one is seconds from now. */
const A_MOMENT = 1_000_000_000

/** When a limit ends: `Retry-After`, or `X-RateLimit-Reset` in seconds from now or since 1970; a minute where neither says. */
export function againAt(headers: Headers, now: number): Date {
  const after = Number(headers.get('retry-after') ?? Number.NaN)
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN)
  const seconds = Number.isFinite(after) ? after : Number.isFinite(reset) ? reset : 60
  const named = seconds >= A_MOMENT ? seconds * 1000 : now + seconds * 1000
  return restUntil(named, now)
}

const STATES: Record<number, [SourceState, string]> = {
  401: ['unauthorized', 'Supabase does not know the token, or not any more'],
  403: ['forbidden', 'the token may not read this: it needs analytics_logs_read for this project'],
  404: ['missing', 'Supabase knows no such project, or the token is not for it'],
}

/** What an answer that is no 2xx means; its own words are shown cut and as text. */
export function troubleOf(status: number, headers: Headers, said: string | null, now: number): SupabaseTrouble {
  if (status === 429) {
    const again = againAt(headers, now)
    const why = `Supabase wants no more calls until ${again.toISOString()}`
    return new SupabaseTrouble({ state: 'limited', why, again }, said, status)
  }
  const [state, why] = STATES[status] ?? ['unreachable', `Supabase answered with ${status}`]
  return new SupabaseTrouble({ state, why: `${why}${quoted(said)}`, again: null }, said, status)
}

export const unreachable = (why: string, said: string | null = null): SupabaseTrouble =>
  new SupabaseTrouble({ state: 'unreachable', why: `${why}${quoted(said)}`, again: null }, said)

const quoted = (said: string | null): string => (said ? ` (${visible(said).slice(0, 200)})` : '')
