import { redactText } from '../../parse/redactText.ts'
import { Redirected } from '../http/guardedFetch.ts'
import { TooBig } from '../http/readUpTo.ts'
import { free, perhapsBilled, type Setback } from './provider.ts'

/** A pause before the same provider is asked again, where it names none (milliseconds). */
const PAUSE_MS = 500
/** Of what a provider says, what people are shown. */
const DETAIL_MAX = 300
/** Longest wait a provider may ask for; beyond it is a number, not a plan. */
const WAIT_MAX_MS = 3_600_000
/** Nothing was sent, so nothing is billed. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/
const TOO_LONG = /too long|too large|context[ _](?:length|window)|maximum context/i

/** A provider's own words, which may repeat what it was sent: redacted, and cut. */
export const said = (text: string): string => redactText(text.slice(0, 4 * DETAIL_MAX)).slice(0, DETAIL_MAX)

/** Whoever answers so gave up waiting for somebody behind it, who may go on, and bill it. */
const GAVE_UP = new Set([408, 502, 504, 524])

/** What an HTTP status that is no success means. */
export function statusSetback(status: number, message: string, headers: Headers): Setback {
  const detail = said(`${status}: ${message}`)
  if (status === 401 || status === 402 || status === 403) return free('unauthorised', detail)
  if (status === 413 || (status === 400 && TOO_LONG.test(message))) return free('too-long', detail)
  const againInMs = waitOf(headers) ?? PAUSE_MS
  if (status === 429) return free('limited', detail, againInMs)
  if (GAVE_UP.has(status)) return { ...perhapsBilled('unavailable', detail), againInMs }
  if (status === 409 || status >= 500) return free('unavailable', detail, againInMs)
  // A model or an address that is not there: another provider's may be.
  if (status === 404 || status < 400) return free('unavailable', detail)
  return free('rejected', detail)
}

/** What was thrown instead of an answer, as a setback. */
export function thrown(error: unknown, signal: AbortSignal): Setback {
  if (signal.aborted) return perhapsBilled('timed-out', 'it did not answer in time')
  const chain = causes(error)
  const big = chain.find((one) => one instanceof TooBig)
  if (big) return perhapsBilled('malformed', big.message)
  const redirected = chain.find((one) => one instanceof Redirected)
  if (redirected) return free('unavailable', redirected.message)
  if (chain.some((one) => one instanceof SyntaxError)) return perhapsBilled('malformed', 'its answer is not JSON')
  if (chain.some((one) => one instanceof RangeError))
    return perhapsBilled('malformed', 'its answer is nested too deeply')
  const detail = said(chain.map((one) => one.message).join(': '))
  if (chain.some((one) => NEVER_SENT.test(String((one as { code?: unknown }).code))))
    return free('unavailable', detail, PAUSE_MS)
  return { ...perhapsBilled('unavailable', detail), againInMs: PAUSE_MS }
}

/** An error and its causes; a chain that bites its tail ends. */
function causes(error: unknown): Error[] {
  const found: Error[] = []
  for (let one = error; one instanceof Error && !found.includes(one); one = one.cause) found.push(one)
  return found
}

/** `retry-after-ms`, or `retry-after` as seconds or as a date; in milliseconds. */
export function waitOf(headers: Headers, now = Date.now()): number | null {
  const precise = Number.parseFloat(headers.get('retry-after-ms') ?? '')
  const after = headers.get('retry-after') ?? ''
  const seconds = /^\s*[\d.]+\s*$/.test(after) ? Number.parseFloat(after) * 1000 : Date.parse(after) - now
  const ms = Number.isFinite(precise) ? precise : seconds
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), WAIT_MAX_MS) : null
}
