import { inOrder } from './attempt.ts'
import type { Stage, StageFacts, StageName } from './stageFacts.ts'
import { fixStage } from './stageOfFix.ts'
import { diagnosisStage, issueStage } from './stageOfIssue.ts'
import { releaseStage } from './stageOfRelease.ts'

/** What people see of an issue. Never stored: the rows say it. */
export function stageOf(facts: StageFacts): Stage {
  const { project, issue } = facts
  const stage = running(facts)
  const still = issue.state === 'closed' || project.pausedAt === null || RESTING.has(stage.stage)
  return still ? stage : { ...stage, sentence: `Paused until somebody resumes. ${stage.sentence}` }
}

/** Where nothing would move anyway, so a pause changes nothing. */
const RESTING = new Set<StageName>(['cured', 'archived', 'held', 'needs-person', 'no-code-cause'])

function running(facts: StageFacts): Stage {
  const { issue, diagnosis, fixes, release } = facts
  const newest = inOrder(fixes).at(-1)
  if (issue.state === 'closed' && issue.closedAs === 'archived')
    return {
      stage: 'archived',
      noun: diagnosis ? 'diagnosis' : 'issue',
      sentence: 'Archived: nothing is done about it unless somebody opens it again.',
      waitingForYou: false,
    }
  const overtaken = newest && release && newest.id !== release.fix && newest.createdAt > release.createdAt
  if (release && !overtaken) return releaseStage(release, facts)
  if (issue.state === 'closed')
    return {
      stage: 'cured',
      noun: newest ? 'fix' : 'issue',
      sentence: 'Cured: the error stopped.',
      waitingForYou: false,
    }
  if (newest) return fixStage(newest, facts)
  return diagnosis ? diagnosisStage(diagnosis) : issueStage(facts)
}
