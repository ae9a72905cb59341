import type { Detached, Sandbox } from '../../world.ts'
import { later, once } from '../later.ts'

/** Docker's and Vercel's SDKs are read when a sandbox is first used. */
export const openedLater = (open: () => Promise<Sandbox>): Sandbox =>
  later<Omit<Sandbox, 'detached'>>(open, { run: true, install: true, adopt: true, selfTest: true })

/** The same of one whose runs can be detached. */
export function detachedLater(open: () => Promise<Sandbox & { detached: Detached }>): Sandbox {
  const sandbox = once(open)
  const detached = async () => (await sandbox()).detached
  return { ...openedLater(sandbox), detached: later<Detached>(detached, { start: true, look: true, drop: true }) }
}
