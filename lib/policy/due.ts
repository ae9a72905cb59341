import type { Severity } from '../domain/issue.ts'

/** What has to have happened by then: work started, a patch exists, or the weekly review looked at it. */
export type Duty = 'start' | 'patch' | 'review'

export interface Due {
  at: Date
  duty: Duty
  why: string
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Design, section 7. "At once" is one period of the slowest clock, a minute: rings are faster, clocks the safety net. */
const DUTIES: Record<Severity, { ms: number; duty: Duty; why: string }> = {
  P0: { ms: MINUTE, duty: 'start', why: 'P0 is started at once.' },
  P1: { ms: MINUTE, duty: 'start', why: 'P1 is started at once.' },
  P2: { ms: HOUR, duty: 'patch', why: 'P2 has a patch within an hour.' },
  P3: { ms: 24 * HOUR, duty: 'patch', why: 'P3 has a patch within a day.' },
  P4: { ms: 7 * 24 * HOUR, duty: 'review', why: 'P4 is looked at in the weekly review.' },
}

/** When an issue first seen at `firstSeen` is due. */
export function dueOf(severity: Severity, firstSeen: Date): Due {
  const { ms, duty, why } = DUTIES[severity]
  return { at: new Date(firstSeen.getTime() + ms), duty, why }
}

export interface OverdueFacts {
  severity: Severity
  firstSeen: Date
  /** When the duty of `dueOf` was done; null while it was not. */
  doneAt: Date | null
  now: Date
}

export interface Overdue {
  overdue: boolean
  /** Milliseconds past due; 0 when not overdue. */
  lateMs: number
  why: string
}

const UNDONE: Record<Duty, string> = {
  start: 'nobody started',
  patch: 'there is no patch',
  review: 'nobody reviewed it',
}

/** Late work stays late after it is done, so that the figure cannot be repaired by finishing. */
export function overdue({ severity, firstSeen, doneAt, now }: OverdueFacts): Overdue {
  const due = dueOf(severity, firstSeen)
  const lateMs = Math.max(0, (doneAt ?? now).getTime() - due.at.getTime())
  if (lateMs === 0) return { overdue: false, lateMs, why: due.why }
  const late = lateMs < HOUR ? `${Math.ceil(lateMs / MINUTE)} min` : `${Math.floor(lateMs / HOUR)} h`
  return { overdue: true, lateMs, why: `${due.why} It is ${late} late${doneAt ? '' : `: ${UNDONE[due.duty]}`}.` }
}
