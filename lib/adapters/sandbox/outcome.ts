import type { SandboxEnd } from '../../domain/sandbox.ts'
import type { Ended } from './run.ts'

/** What is known once a run is over. */
export interface Facts {
  /** Exit status as the sandbox's own first process reported it (128 + n for signal n); null when it never did. */
  status: number | null
  /** Why we killed it; null when we did not. */
  killed: Ended['killed']
  oomKills: number
  stderr: string
}

/** V8's own ways to die for want of memory: a trap while it starts, an abort later. */
const V8_DEATHS = [128 + 5, 128 + 6]
const SIGKILL = 128 + 9
const SIGXCPU = 128 + 24
const NO_MEMORY = /out of memory|allocation failed|MemoryError/i

/**
 * How a run ended. Only `exited` carries a status. The text of stderr is the guest's own word: it can only make the
 * guest's end look worse, never turn a failure into a success.
 */
export function classify({ status, killed, oomKills, stderr }: Facts): { end: SandboxEnd; exit: number | null } {
  if (killed === 'timed-out') return { end: 'timed-out', exit: null }
  if (oomKills > 0 && status !== 0) return { end: 'out-of-memory', exit: null }
  if (killed !== null || status === null) return { end: 'killed', exit: null }
  if (status === SIGXCPU) return { end: 'timed-out', exit: null }
  if ((V8_DEATHS.includes(status) || status === SIGKILL) && NO_MEMORY.test(stderr))
    return { end: 'out-of-memory', exit: null }
  if (status === SIGKILL) return { end: 'killed', exit: null }
  return { end: 'exited', exit: status }
}
