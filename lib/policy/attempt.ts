import type { Fix } from '../domain/fix.ts'
import { limitsOf } from './limits.ts'

export type AttemptAnswer = { answer: 'go'; attempt: Fix['attempt']; why: string } | { answer: 'stop'; why: string }

export interface AttemptFacts {
  /** All fixes of the issue, in any order, on any base. */
  fixes: Pick<Fix, 'attempt' | 'state' | 'superseded'>[]
  rollbacks: number
}

/**
 * Which attempt is next. One that was cut off while drafting goes on under its number, and proving the same attempt
 * again on another base costs none: the highest number that ended counts, not how many rows there are.
 */
export function nextAttempt({ fixes, rollbacks }: AttemptFacts): AttemptAnswer {
  const ended = Math.max(
    0,
    ...fixes.filter((fix) => fix.state !== 'drafting' && !fix.superseded).map((fix) => fix.attempt),
  )
  const limits = limitsOf({ attempts: ended, rollbacks })
  if (limits.answer === 'reached') return { answer: 'stop', why: limits.why }
  const attempt = (ended + 1) as Fix['attempt']
  const drafting = fixes.some((fix) => fix.state === 'drafting' && fix.attempt === attempt)
  return { answer: 'go', attempt, why: drafting ? `Attempt ${attempt} goes on.` : limits.why }
}

/** Attempts as they were made; one that was proven again on another base after the first. */
export const inOrder = <F extends Pick<Fix, 'attempt' | 'createdAt'>>(fixes: F[]): F[] =>
  fixes.toSorted((a, b) => a.attempt - b.attempt || +a.createdAt - +b.createdAt)
