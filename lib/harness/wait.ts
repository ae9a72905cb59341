import { setTimeout as sleep } from 'node:timers/promises'

/** Looks every few milliseconds until something holds; false when it did not in time. */
export async function until(holds: () => boolean, ms: number, every = 5): Promise<boolean> {
  const end = performance.now() + ms
  while (!holds()) {
    if (performance.now() >= end) return false
    await sleep(every)
  }
  return true
}
