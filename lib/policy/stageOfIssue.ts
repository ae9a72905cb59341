import type { Diagnosis } from '../domain/diagnosis.ts'
import { ESCALATE_BELOW } from './diagnosis.ts'
import { dueOf, overdue } from './due.ts'
import type { Stage, StageFacts } from './stageFacts.ts'

/** Nothing but the issue exists. P4 waits for the weekly review; everything else is being looked at. */
export function issueStage({ issue, now }: StageFacts): Stage {
  const noun = 'issue'
  const { severity, firstSeen } = issue
  const { at, why } = dueOf(severity, firstSeen)
  if (severity === 'P4') {
    const sentence = `Noted. Next: the weekly review, by ${at.toISOString().slice(0, 10)}.`
    return { stage: 'noticed', noun, sentence, waitingForYou: false }
  }
  const late = overdue({ severity, firstSeen, doneAt: null, now })
  const state = late.overdue ? late.why : why
  return {
    stage: 'diagnosing',
    noun,
    sentence: `Looking for the cause. ${state} Next: a diagnosis.`,
    waitingForYou: false,
  }
}

/** A diagnosis without a fix: what its remedy asks for. */
export function diagnosisStage({ cause, remedy, confidence, why }: Diagnosis): Stage {
  const stage = (name: Stage['stage'], next: string, waitingForYou: boolean): Stage => ({
    stage: name,
    noun: 'diagnosis',
    sentence: `${why} Next: ${next}`,
    waitingForYou,
  })
  if (cause === 'no-code-cause') {
    if (remedy === 'needs-person') return stage('no-code-cause', 'a person looks outside of this code.', true)
    return stage('no-code-cause', `${NO_CODE[remedy]}.`, remedy === 'rollback' || remedy === 'flag-off')
  }
  if (cause === 'inconclusive') return stage('needs-person', 'a person looks at it.', true)
  if (confidence < ESCALATE_BELOW) return stage('needs-person', 'a person looks at it; the evidence is too thin.', true)
  if (remedy === 'needs-person') return stage('needs-person', 'a person takes over.', true)
  if (remedy === 'code-fix') return stage('fixing', 'attempt 1 of a test and a fix.', false)
  return stage('waiting-for-you', `${NO_CODE[remedy]}.`, true)
}

const NO_CODE: Record<Exclude<Diagnosis['remedy'], 'needs-person'>, string> = {
  'code-fix': 'nothing, as no change of this code would cure it',
  rollback: 'you decide whether to roll back',
  rerun: 'the run is started again',
  'reset-environment': 'the environment is reset',
  'flag-off': 'you decide whether to switch the flag off',
  ignore: 'nothing; it is left alone',
}
