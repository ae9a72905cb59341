import { type Fix, headlineOf, type Proven } from '../domain/fix.ts'
import { nextAttempt } from './attempt.ts'
import { decide } from './decision.ts'
import { MAX_ATTEMPTS } from './limits.ts'
import { OVERTAKEN } from './overtaken.ts'
import type { Stage, StageFacts } from './stageFacts.ts'

/** The newest fix, while no release carries it. */
export function fixStage(fix: Fix, facts: StageFacts): Stage {
  const noun = 'fix'
  const of = `Attempt ${fix.attempt} of ${MAX_ATTEMPTS}`
  if (fix.state === 'drafting') {
    const sentence = `${of}: a failing test and a fix are being made. Next: the proof.`
    return { stage: 'fixing', noun, sentence, waitingForYou: false }
  }
  if (fix.state === 'refused' && fix.final)
    return {
      stage: 'needs-person',
      noun,
      sentence: `${of} was refused: ${headlineOf(fix.why)}. Another attempt would end the same way: a person takes over.`,
      waitingForYou: true,
    }
  if (fix.state === 'refused')
    return { noun, ...afterFailure(`${of} was refused: ${headlineOf(fix.why)}.`, 'fixing', facts) }
  if (fix.superseded)
    return {
      stage: 'fixing',
      noun,
      sentence: `${OVERTAKEN} Next: it is proven again on that one.`,
      waitingForYou: false,
    }
  if (fix.withdrawn) return { noun, ...afterFailure(`${of} came back: ${fix.withdrawnWhy}`, 'fixing', facts) }
  const asks = asksFor(fix, 'staging', facts)
  if (asks)
    return {
      stage: 'waiting-for-you',
      noun,
      sentence: `Proven. ${asks} Next: you approve or reject it.`,
      waitingForYou: true,
    }
  return {
    stage: 'proven',
    noun,
    sentence: `${of} is proven. Next: staging, when nothing else is on its way there.`,
    waitingForYou: false,
  }
}

/** What follows an attempt that failed, here or in production. */
export function afterFailure(what: string, stage: Stage['stage'], { fixes }: StageFacts): Omit<Stage, 'noun'> {
  // Each rollback ended an attempt, so the attempts bound the rollbacks too.
  const next = nextAttempt({ fixes, rollbacks: 0 })
  if (next.answer === 'stop') return { stage: 'needs-person', sentence: `${what} ${next.why}`, waitingForYou: true }
  return { stage, sentence: `${what} Next: attempt ${next.attempt} of ${MAX_ATTEMPTS}.`, waitingForYou: false }
}

/** The reasons for which a person is asked before `target`, or null when nobody is. */
export function asksFor(
  fix: Proven,
  target: 'staging' | 'production',
  { project, issue, now }: StageFacts,
): string | null {
  const { severity, users } = issue
  const { level, policy, policyVersion } = project
  const shipped = { risk: fix.risk, tier: fix.proof.tier, kept: fix.proof.kept.length }
  const decision = decide({ kind: 'promote', target, level, severity, users, ...shipped, policy, policyVersion, now })
  return decision.answer === 'ask' ? decision.reasons.join(' ') : null
}
