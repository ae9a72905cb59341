import type { Hook, Ring } from '../world.ts'

/** One request at the door of webhooks; `body: null` where it was larger than is read. */
export interface Heard {
  body: Buffer | null
  signature: string | null
  delivery: string | null
}

export type Hearing = { status: 202 | 200 | 400 | 401 | 404 | 413; detail: string }

/** Bytes; GitHub sends up to 25 MB, and what is larger than this is found by the clock. */
export const HOOK_BYTES = 5 * 1024 * 1024
/** Deliveries remembered; GitHub sends one again only when a person asks it to. */
const REMEMBERED = 10_000

/**
 * A webhook is a hint that something may have changed over there: it rings who might care, and they look for themselves.
 * Nothing of its body is read, believed or kept. `seen`: deliveries so far, of this process.
 */
export async function hear(hook: Hook | null, ring: Ring, seen: Set<string>, heard: Heard): Promise<Hearing> {
  if (!hook) return { status: 404, detail: 'no webhooks are taken here' }
  const { body, signature, delivery } = heard
  if (!body) return { status: 413, detail: `more than ${HOOK_BYTES} bytes` }
  if (!signature || !(await hook.accepts(body, signature))) return { status: 401, detail: 'the signature does not fit' }
  if (!delivery || !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(delivery))
    return { status: 400, detail: 'the delivery has no id' }
  if (seen.has(delivery)) return { status: 200, detail: 'heard before' }
  if (seen.size >= REMEMBERED) seen.clear()
  seen.add(delivery)
  ring('watcher')
  ring('releaser')
  return { status: 202, detail: 'heard' }
}
