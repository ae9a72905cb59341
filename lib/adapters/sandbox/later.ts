import type { Sandbox } from '../../world.ts'
import { later } from '../later.ts'

/** Docker's and Vercel's SDKs are read when a sandbox is first used. */
export const openedLater = (open: () => Promise<Sandbox>): Sandbox =>
  later(open, { run: true, install: true, adopt: true, selfTest: true })
