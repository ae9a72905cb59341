import { Policy } from '../../lib/domain/project.ts'
import { decide } from '../../lib/policy/decision.ts'
import type { Clock } from './clocks.ts'
import { bound, type Cell, ruling } from './oracle.ts'
import { isOpen } from './oracleHours.ts'

const policies = new Map<Clock['hours'], Policy>()
const policyOf = ({ hours }: Clock): Policy => {
  const policy = policies.get(hours) ?? { ...Policy.parse({}), hours }
  policies.set(hours, policy)
  return policy
}

/** The decision of a cell against the second reading: what differs, in a word, or null. */
export function differs(cell: Cell, clock: Clock, policy = policyOf(clock)): string | null {
  const { now, opens, closes } = clock
  const decision = decide({ ...cell, policy, policyVersion: 7, now })
  const said = ruling(cell)
  const waits = bound(cell)
  const never = waits && opens === null
  const from = Date.parse(decision.from)
  const until = Date.parse(decision.until)
  const holds = from <= now.getTime() && now.getTime() < until
  const mayNow = said === 'go' && (!waits || opens === now.getTime())

  if (decision.answer === 'go' && holds && !mayNow) return 'illegal'
  if (decision.answer !== (never ? 'stop' : said)) return 'answer'
  if (decision.reasons.length === 0 || decision.reasons.some((reason) => reason.length < 10)) return 'reasons'
  if (decision.policyVersion !== 7) return 'version'
  if (never) return until <= from ? null : 'never'
  if (!waits) return holds ? null : 'waits'
  if (opens === now.getTime() ? !holds : from !== opens) return 'from'
  if (from < now.getTime() && !isOpen(clock.hours, from)) return 'from before the hours opened'
  return until > from && until <= closes! ? null : 'until'
}
