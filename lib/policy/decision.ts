import type { Decision } from '../domain/effect.ts'
import type { DecisionFacts } from './decisionFacts.ts'
import { type Ruling, rowOf, rulingOf } from './levels.ts'
import { fromNow, type Opening, openingOf } from './opening.ts'

/**
 * The level × effect table of the design, section 7. The gate refuses outside `from`–`until`, so a go outside
 * production hours is a go for the next opening, and an approval does not open the hours either.
 */
export function decide(facts: DecisionFacts): Decision {
  const row = rowOf(facts)
  const opening = row === 'production' ? openingOf(facts) : fromNow(facts.now, null)
  return written(rulingOf(row, facts), opening, facts.policyVersion)
}

/** Notices are decided without an issue: always sent, at once. */
export function decideTell({ policyVersion }: { policyVersion: number }, now: Date): Decision {
  return written({ answer: 'go', reasons: ['A notice is always sent.'] }, fromNow(now, null), policyVersion)
}

function written(ruling: Ruling, opening: Opening, policyVersion: number): Decision {
  const never = opening.until.getTime() <= opening.from.getTime()
  const answer = never ? 'stop' : ruling.answer
  const reasons = opening.why === null ? ruling.reasons : [...ruling.reasons, opening.why]
  return { answer, reasons, policyVersion, from: opening.from.toISOString(), until: opening.until.toISOString() }
}
