import type { Lease, Next } from '../../lib/domain/work.ts'
import { Fault } from '../../lib/errors.ts'
import { ESCALATE_BELOW } from '../../lib/policy/diagnosis.ts'
import { note } from '../../lib/store/audit.ts'
import { addDiagnosis } from '../../lib/store/diagnoses.ts'
import { issue as issueById } from '../../lib/store/issues.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import type { Reader } from '../../lib/world.ts'
import { investigate } from './investigate.ts'

/** How soon to look again while a release changes the line in question. */
const CHANGING_MS = 15_000

/** issue → diagnosis, then on to the implementer, or to the releaser, who tells a person. */
export async function diagnose(world: Reader, lease: Lease): Promise<Next> {
  const project = await projectById(world.sql, lease.project)
  const issue = await issueById(world.sql, Number(lease.subject.split(':')[1]))
  if (!project || !issue) throw new Fault('NOT_FOUND', lease.subject)
  if (issue.state === 'closed') return 'done'
  const answer = await investigate(world, project, issue)
  if (!answer) return { agent: 'investigator', inMs: CHANGING_MS }
  const diagnosis = await world.sql.begin(async (tx) => {
    const added = await addDiagnosis(tx, { issue: issue.id, ...answer })
    await note(tx, project.id, 'investigator', 'issue.diagnosed', {
      issue: issue.id,
      cause: answer.cause,
      remedy: answer.remedy,
      confidence: answer.confidence,
    })
    return added
  })
  const repairable = diagnosis.remedy === 'code-fix' && diagnosis.confidence >= ESCALATE_BELOW
  return { agent: repairable ? 'implementer' : 'releaser', inMs: 0 }
}
