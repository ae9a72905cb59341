import { readUpTo } from '../http/readUpTo.ts'

/** Longest answer that is read, in bytes: a listing of 100,000 files, or a blob as large as git's adapter reads, in base64. */
export const ANSWER_MAX = 64 * 1024 * 1024

/** Who sends a request with our credentials never follows a redirect, and reads no further than the cap. */
export function guardedFetch(attemptMs: number, most = ANSWER_MAX): typeof fetch {
  return async (input, init) => {
    const own = AbortSignal.timeout(attemptMs)
    const signal = init?.signal ? AbortSignal.any([init.signal, own]) : own
    const response = await fetch(input, { ...init, signal, redirect: 'manual' })
    const { status, statusText, headers } = response
    const body = response.body ? await readUpTo(response.body as unknown as AsyncIterable<Uint8Array>, most) : null
    // Statuses that may have no body take none, not even an empty one.
    return new Response(body?.length ? new Uint8Array(body) : null, { status, statusText, headers: plain(headers) })
  }
}

/** It is read already, so its length and encoding are not the wire's any more. */
function plain(headers: Headers): Headers {
  const kept = new Headers(headers)
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name)
  return kept
}
