import { parseJson } from '../../parse/json.ts'
import { recordOf, textOf } from '../../parse/loose.ts'
import { guardedFetch, Redirected } from './guardedFetch.ts'
import { TooBig } from './readUpTo.ts'

export interface JsonAnswer {
  status: number
  ok: boolean
  headers: Headers
  /** What it said; `ok: false` where that is not JSON, or broke off. */
  parsed: ReturnType<typeof parseJson>
  /** By the far side's clock, where it said. */
  date: Date | null
}

export type AskJson = (method: string, address: URL, body?: object) => Promise<JsonAnswer>

/** Calls that show a bearer token to one API, answered in JSON. `most`: bytes of an answer that are read. */
export function askJson(
  token: string,
  { fetch, timeoutMs, most }: { fetch: typeof globalThis.fetch | undefined; timeoutMs: number; most: number },
): AskJson {
  const guarded = guardedFetch(fetch, most)
  return async (method, address, body) => {
    const response = await guarded(address, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...{ authorization: `Bearer ${token}`, accept: 'application/json' },
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body && JSON.stringify(body),
    })
    const parsed = parseJson(await response.text())
    const { status, ok, headers } = response
    const date = Date.parse(headers.get('date') ?? '')
    return { status, ok, headers, parsed, date: Number.isFinite(date) ? new Date(date) : null }
  }
}

export const isTooBig = (error: unknown): boolean =>
  error instanceof TooBig || (error as { cause?: unknown }).cause instanceof TooBig

/** Why `who` did not answer. By its kind alone: messages of the network may name hosts and ports. */
export function silenceOf(error: unknown, who: string): string {
  if (error instanceof Redirected) return `${who} answered with a redirect, and credentials follow none`
  if (isTooBig(error)) return `${who}’s answer is too long`
  const { name, cause } = error as { name?: string; cause?: unknown }
  if (name === 'TimeoutError' || name === 'AbortError') return `${who} did not answer in time`
  const code = textOf(recordOf(cause).code, 40)
  return `${who} could not be reached${code ? ` (${code})` : ''}`
}

/** Milliseconds a limit is waited for: what it names may have passed, or be a day away. */
const REST_MS = { least: 1000, most: 3_600_000 }

/** `named`: when a limit ends by what the service says of it, in milliseconds since 1970. */
export const restUntil = (named: number, now: number): Date =>
  new Date(Math.min(Math.max(named, now + REST_MS.least), now + REST_MS.most))
