import type { Fix, ProofRun, Proven } from '../../lib/domain/fix.ts'
import { inOrder } from '../../lib/policy/attempt.ts'

/** `[event 1]`: what a claim rests on, told under the same mark in the list below. */
export const mark = (of: 'event' | 'frame' | 'commit' | 'run' | 'audit' | 'attempt', n: number | string): string =>
  `[${of} ${n}]`

export const commitMark = (sha: string): string => mark('commit', sha.slice(0, 7))

/** Runs of a fix that came back are told apart by its attempt. */
export const runMark = (n: number, attempt: number | null): string =>
  attempt === null ? mark('run', n) : `[attempt ${attempt}, run ${n}]`

export const runMarks = (runs: ProofRun[], side: 'A' | 'B'): string =>
  runs.flatMap((run, i) => (run.side === side ? [runMark(i + 1, null)] : [])).join(' ')

/** The fix that stands: proven and not taken back; the newest of them. Times arrive as text. */
export function standing(fixes: Fix[]): Proven | null {
  const proven = dated(fixes).filter((fix) => fix.state === 'proven' && !fix.withdrawn)
  return (proven.at(-1) as Proven | undefined) ?? null
}

/** Attempts that were refused, rejected or taken back, oldest first. */
export const cameBack = (fixes: Fix[]): Fix[] => dated(fixes).filter((fix) => fix.state === 'refused' || fix.withdrawn)

const dated = (fixes: Fix[]): Fix[] => inOrder(fixes.map((fix) => ({ ...fix, createdAt: new Date(fix.createdAt) })))
