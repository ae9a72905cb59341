import type { Environment, ErrorEvent } from '../domain/event.ts'
import { fingerprintOf } from './fingerprint.ts'
import { isObject } from './json.ts'
import { recordOf, textOf } from './loose.ts'
import { routeOf, routeOfUrl } from './route.ts'
import { failureOf } from './sentryFailure.ts'
import { requestOf } from './sentryRequest.ts'
import { hashedUser } from './user.ts'

export type ParsedEvent = { ok: true; event: ErrorEvent } | { ok: false; why: string }

const LEVELS = new Set<string>(['fatal', 'error', 'warning', 'info', 'debug'])
/** `vercel-production` is what the Next.js SDK calls production on Vercel. */
const PRODUCTION = new Set(['production', 'prod', 'vercel-production'])

/**
 * An event as an SDK sends it, already redacted, made a domain event. Read by hand instead of by a schema library,
 * since the same function runs inside the sandbox, where there are no packages. Never throws.
 * @param at ISO 8601, server time: clocks in events are not trusted.
 * @param tracked paths of the commit that was running; without them only known checkout folders are recognised.
 */
export function errorEventOf(payload: unknown, at: string, id: string, tracked?: ReadonlySet<string>): ParsedEvent {
  if (!isObject(payload)) return { ok: false, why: 'the event is not an object' }
  if (payload.type === 'transaction') return { ok: false, why: 'a transaction, not an error' }
  const failure = failureOf(payload, tracked)
  if (!failure) return { ok: false, why: 'it names neither an exception nor a message' }
  const request = requestOf(payload.request)
  const event: ErrorEvent = {
    id,
    at,
    environment: environmentOf(payload.environment),
    sha: shaOf(payload.release),
    level: levelOf(payload.level),
    failure,
    fingerprint: fingerprintOf(failure),
    route: request ? routeOfUrl(request.method, request.path) : transactionRoute(payload.transaction),
    request,
    user: hashedUser(recordOf(payload.user).id),
  }
  return { ok: true, event }
}

/**
 * Only what says production counts as production evidence. Everything else (previews, laptops, nothing at all) is read
 * as staging: it may be looked at, but never raises severity or shows a cure in production.
 */
function environmentOf(value: unknown): Environment {
  return PRODUCTION.has((textOf(value, 100) ?? '').trim().toLowerCase()) ? 'production' : 'staging'
}

const shaOf = (release: unknown): string | null =>
  typeof release === 'string' && /^[\da-f]{40}$/i.test(release) ? release.toLowerCase() : null

function levelOf(value: unknown): ErrorEvent['level'] {
  const level = value === 'log' ? 'info' : value
  return typeof level === 'string' && LEVELS.has(level) ? (level as ErrorEvent['level']) : 'error'
}

/** `POST /api/practices/:id` as SDKs name a transaction; a bare name is no route. */
function transactionRoute(value: unknown): string | null {
  const match = /^([A-Z]{3,10}) (\/\S{0,2000})$/.exec(textOf(value, 2100) ?? '')
  return match ? routeOf(match[1] ?? '', match[2] ?? '') : null
}
