import { TooBig } from './readUpTo.ts'

/** Longest answer that is read, in bytes after decompression. */
export const ANSWER_MAX = 4 * 1024 * 1024

export class Redirected extends Error {}

/** A fetch that carries its credentials to no other host and stops reading at the cap. */
export function guardedFetch(inner: typeof fetch = fetch, most = ANSWER_MAX): typeof fetch {
  return async (input, init) => {
    const response = await inner(input, { ...init, redirect: 'manual' })
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel()
      throw new Redirected('it answered with a redirect, and credentials follow none')
    }
    if (!response.body) return response
    let taken = 0
    const cap = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        taken += chunk.byteLength
        if (taken > most) controller.error(new TooBig(`its answer is longer than ${most} bytes`))
        else controller.enqueue(chunk)
      },
    })
    const { status, statusText, headers } = response
    return new Response(response.body.pipeThrough(cap), { status, statusText, headers })
  }
}
