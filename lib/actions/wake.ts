import { nudge } from '../store/work.ts'
import type { Reader } from '../world.ts'

/**
 * A flood of events wakes the watcher once a second, not once an event: it reads all that has arrived, and comes again
 * after five seconds by itself, so the last one of a flood waits that long at most.
 */
const AT_MOST_MS = 1000
const woken = new Map<number, number>()

export async function wakeWatcher(world: Pick<Reader, 'sql' | 'ring'>, project: number): Promise<void> {
  const now = performance.now()
  if (now - (woken.get(project) ?? Number.NEGATIVE_INFINITY) < AT_MOST_MS) return
  woken.set(project, now)
  await nudge(world.sql, `project:${project}`)
  world.ring('watcher')
}
