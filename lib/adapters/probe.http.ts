import type { Probe } from '../world.ts'

/** Headers of our own for requests to an origin: what lets a probe through a host's protection. */
export type ProbeHeaders = (origin: string) => Record<string, string>

/** Follows no redirect and reads no more than the status: the answer's body is the app's business. */
export function probeWith(headersFor: ProbeHeaders): Probe {
  return async (origin, request) => {
    const started = performance.now()
    try {
      const address = new URL(request.path, origin)
      if (address.origin !== new URL(origin).origin) return { status: 0, ms: 0 }
      const response = await fetch(address, {
        method: request.method,
        redirect: 'manual',
        signal: AbortSignal.timeout(5000),
        headers: { 'user-agent': 'nightshift-probe', ...request.headers, ...headersFor(address.origin) },
        body: request.body ?? undefined,
      })
      await response.body?.cancel()
      return { status: response.status, ms: performance.now() - started }
    } catch {
      return { status: 0, ms: performance.now() - started }
    }
  }
}

export const httpProbe: Probe = probeWith(() => ({}))
