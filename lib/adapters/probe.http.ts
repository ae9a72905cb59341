import type { Probe } from '../world.ts'

/** Follows no redirect and reads no more than the status: the answer's body is the app's business. */
export const httpProbe: Probe = async (origin, request) => {
  const started = performance.now()
  try {
    const address = new URL(request.path, origin)
    if (address.origin !== new URL(origin).origin) return { status: 0, ms: 0 }
    const response = await fetch(address, {
      method: request.method,
      redirect: 'manual',
      signal: AbortSignal.timeout(5000),
      headers: { 'user-agent': 'nightshift-probe', ...request.headers },
      body: request.body ?? undefined,
    })
    await response.body?.cancel()
    return { status: response.status, ms: performance.now() - started }
  } catch {
    return { status: 0, ms: performance.now() - started }
  }
}
