import { isParked, type Release } from '../../lib/domain/release.ts'
import type { Lease, Next } from '../../lib/domain/work.ts'
import { Fault } from '../../lib/errors.ts'
import { standing } from '../../lib/policy/bases.ts'
import { needsPersonInWords } from '../../lib/policy/needsPerson.ts'
import { openFix } from '../../lib/policy/openFix.ts'
import { OVERTAKEN } from '../../lib/policy/overtaken.ts'
import { goesBefore } from '../../lib/policy/turn.ts'
import { note } from '../../lib/store/audit.ts'
import { newestDiagnosis } from '../../lib/store/diagnoses.ts'
import { fixesOf, supersedeFix } from '../../lib/store/fixes.ts'
import { issue as issueById } from '../../lib/store/issues.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { releasesOf, releasesUnderWay, startRelease } from '../../lib/store/releases.ts'
import { addWork, wakePulls } from '../../lib/store/work.ts'
import type { Actor } from '../../lib/world.ts'
import { baseOf, basesOf } from '../bases.ts'
import { again } from './context.ts'
import { tell } from './tell.ts'

/** How soon to look again while another release occupies staging. */
const OCCUPIED_MS = 5000

/** An issue arrives with a proven fix, which becomes a release, or without one, and then a person is told why. */
export async function handOver(world: Actor, lease: Lease): Promise<Next> {
  const issue = await issueById(world.sql, Number(lease.subject.split(':')[1]))
  const project = issue && (await projectById(world.sql, issue.project))
  if (!issue || !project) throw new Fault('NOT_FOUND', lease.subject)
  const fixes = await fixesOf(world.sql, issue.id)
  const open = openFix(fixes, await releasesOf(world.sql, issue.id))
  if (open?.state !== 'proven') {
    const diagnosis = await newestDiagnosis(world.sql, issue.id)
    const withdrawn = fixes.filter((fix) => fix.withdrawn).length
    const told = await tell(world, lease, project, {
      // Once more after each attempt that came back from outside.
      ...{ kind: 'escalated', issue: issue.id, severity: issue.severity },
      key: `issue:${issue.id}:needs-person${withdrawn ? `:${withdrawn}` : ''}`,
      title: `Issue ${issue.id} needs a person`,
      body: needsPersonInWords(diagnosis?.cause ?? null, fixes),
      link: `/dashboard/agent-control/issues/${issue.id}`,
    })
    if (told && world.review(project)) {
      await wakePulls(world.sql, project.id)
      world.ring('releaser')
    }
    return told ? 'done' : again(1000)
  }
  const bases = await basesOf(world, project, issue)
  if (bases && standing(await baseOf(world, project, open.base), bases) === 'gone') {
    await supersedeFix(world.sql, lease, open.id, OVERTAKEN)
    return { agent: 'investigator', inMs: 0 }
  }
  // What goes to production next would overtake anything else at once; what stands on it comes after it.
  const others = await releasesUnderWay(world.sql, project.id)
  if (others.some((other) => isNext(other) && goesBefore(other, issue.severity))) return again(OCCUPIED_MS)
  const started = await world.sql.begin(async (tx) => {
    const release = await startRelease(tx, { project: project.id, fix: open.id, issue: issue.id })
    if (!release) return false
    await addWork(tx, `release:${release.id}`, project.id, 'releaser')
    await note(tx, project.id, 'releaser', 'release.staging', { release: release.id, fix: open.id, issue: issue.id })
    return true
  })
  if (!started) return again(OCCUPIED_MS)
  world.ring('releaser')
  return 'done'
}

/** About to move production, or waiting where no place at a target is kept for it. */
const isNext = (release: Release): boolean => release.state === 'promoting' || isParked(release)
