import type { SourceState, SourceTrouble } from '../../domain/source.ts'
import { visible } from '../../parse/visible.ts'
import { restUntil } from '../http/askJson.ts'

/** A call that was not answered as it should be. */
export class SentryTrouble extends Error {
  readonly trouble: SourceTrouble
  /** When it wants to be asked again, as faults of ours have it. */
  readonly again: Date | null
  /** The one thing asked for is not there (any more): 404 below an issue. */
  readonly gone: boolean
  /** The answer was longer than what is read. */
  readonly large: boolean
  /** It read the request and will not do it: a 4xx other than a limit. */
  readonly declined: boolean
  constructor(trouble: SourceTrouble, { gone = false, large = false, declined = false } = {}) {
    super(`${trouble.state}: ${trouble.why}`)
    this.trouble = trouble
    this.again = trouble.again
    this.gone = gone
    this.large = large
    this.declined = declined
  }
}

/** When a limit ends: `X-Sentry-Rate-Limit-Reset` in seconds since 1970, or `Retry-After` in seconds from now. */
export function againAt(headers: Headers, now: number): Date {
  const reset = Number(headers.get('x-sentry-rate-limit-reset') ?? Number.NaN) * 1000
  const after = now + Number(headers.get('retry-after') ?? Number.NaN) * 1000
  const named = Number.isFinite(reset) ? reset : Number.isFinite(after) ? after : now
  return restUntil(named, now)
}

const STATES: Record<number, [SourceState, string]> = {
  401: ['unauthorized', 'Sentry does not know the token, or not any more'],
  403: ['forbidden', 'the token may not read this: it needs the scopes event:read and project:read'],
  404: ['missing', 'Sentry knows no such organization or project, or the token is not for it'],
}

/** What an answer that is no 2xx means; its own `detail` is shown cut and as text. */
export function troubleOf(status: number, headers: Headers, detail: string | null, now: number): SentryTrouble {
  const said = detail ? ` (${visible(detail).slice(0, 200)})` : ''
  if (status === 429) {
    const again = againAt(headers, now)
    return new SentryTrouble({
      state: 'limited',
      why: `Sentry wants no more calls until ${again.toISOString()}`,
      again,
    })
  }
  const [state, why] = STATES[status] ?? ['unreachable', `Sentry answered with ${status}`]
  return new SentryTrouble(
    { state, why: `${why}${said}`, again: null },
    { gone: status === 404, declined: status >= 400 && status < 500 },
  )
}

export const unreachable = (why: string, more?: { large?: boolean }): SentryTrouble =>
  new SentryTrouble({ state: 'unreachable', why, again: null }, more)
