import { recordOf, textOf } from '../../parse/loose.ts'
import { askJson, isTooBig, silenceOf } from '../http/askJson.ts'
import { nextPage } from './link.ts'
import { SentryTrouble, troubleOf, unreachable } from './trouble.ts'

export interface SentryAccess {
  /** Without a path: `https://us.sentry.io`. */
  url: string
  /** The organization's slug. */
  org: string
  token: string
  fetch?: typeof fetch
  /** Milliseconds after which a call is given up; 10 seconds unless a test is in a hurry. */
  timeoutMs?: number
}

export interface Answer {
  json: unknown
  /** Cursor of the next page; null on the last. */
  next: string | null
  /** By the far side's clock, where it said. */
  date: Date | null
  /** Calls this token has left in its window; null where it is not said. */
  remaining: number | null
  /** When that window ends. */
  headers: Headers
}

export type Query = Record<string, string | number>

/** A page of a hundred whole events is some megabytes; a single event is one at most. */
const ANSWER_BYTES = 24 * 1024 * 1024
const TIMEOUT_MS = 10_000

export type SentryApi = ReturnType<typeof sentryApi>

/** Calls below `/api/0/organizations/<org>/`. They throw SentryTrouble alone, which holds neither token nor address. */
export function sentryApi({ url, org, token, fetch: inner, timeoutMs = TIMEOUT_MS }: SentryAccess) {
  const ask = askJson(token, { fetch: inner, timeoutMs, most: ANSWER_BYTES })
  const base = `${url.replace(/\/+$/, '')}/api/0/organizations/${encodeURIComponent(org)}`

  async function call(method: string, path: string, query: Query, body?: object): Promise<Answer> {
    // Always a slash at the end: without one a redirect loses the body.
    const address = new URL(`${base}${path.replace(/\/*$/, '/')}`)
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value))
    const { status, ok, headers, parsed, date } = await ask(method, address, body)
    if (!ok) {
      const detail = parsed.ok ? textOf(recordOf(parsed.value).detail) : null
      throw troubleOf(status, headers, detail, Date.now())
    }
    if (!parsed.ok && status !== 204) throw unreachable('Sentry’s answer is not JSON, or was cut off')
    const remaining = headers.get('x-sentry-rate-limit-remaining')
    return {
      json: parsed.ok ? parsed.value : null,
      next: nextPage(headers.get('link')),
      date,
      remaining: remaining !== null && /^\d{1,9}$/.test(remaining) ? Number(remaining) : null,
      headers,
    }
  }
  const safely = (method: string, path: string, query: Query = {}, body?: object) =>
    call(method, path, query, body).catch((error: unknown): never => {
      throw inWords(error)
    })
  return {
    get: (path: string, query?: Query) => safely('GET', path, query),
    put: (path: string, body: object) => safely('PUT', path, {}, body),
    post: (path: string, body: object) => safely('POST', path, {}, body),
  }
}

const inWords = (error: unknown): SentryTrouble =>
  error instanceof SentryTrouble ? error : unreachable(silenceOf(error, 'Sentry'), { large: isTooBig(error) })
