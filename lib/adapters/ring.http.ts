import type { Agent } from '../domain/work.ts'
import type { Ring } from '../world.ts'

/**
 * Wakes an agent through its own door, as a clock would. Rings for one agent are folded into the earliest; a ring that
 * is lost costs nothing but time.
 */
export function httpRing(url: string, secret: string): Ring {
  const pending = new Map<Agent, { at: number; timer: NodeJS.Timeout }>()
  return (agent, inMs = 0) => {
    const at = Date.now() + inMs
    const known = pending.get(agent)
    if (known && known.at <= at) return
    if (known) clearTimeout(known.timer)
    const timer = setTimeout(() => {
      pending.delete(agent)
      fetch(`${url}/api/cron/${agent}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}` },
        signal: AbortSignal.timeout(300_000),
      })
        .then((response) => response.body?.cancel())
        .catch(() => undefined)
    }, inMs)
    timer.unref()
    pending.set(agent, { at, timer })
  }
}

export const noRing: Ring = () => undefined
