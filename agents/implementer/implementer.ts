import { createHash } from 'node:crypto'
import { provenFix, refusedFix } from '../../lib/actions/recordFix.ts'
import type { Diagnosis } from '../../lib/domain/diagnosis.ts'
import type { Fix } from '../../lib/domain/fix.ts'
import type { Issue } from '../../lib/domain/issue.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Lease, Next } from '../../lib/domain/work.ts'
import { Fault } from '../../lib/errors.ts'
import { type Bases, isSame, startOf } from '../../lib/policy/bases.ts'
import { laterMs } from '../../lib/policy/later.ts'
import { openFix } from '../../lib/policy/openFix.ts'
import { OVERTAKEN } from '../../lib/policy/overtaken.ts'
import { note } from '../../lib/store/audit.ts'
import { newestDiagnosis } from '../../lib/store/diagnoses.ts'
import { draft, fixesOf, supersedeFix } from '../../lib/store/fixes.ts'
import { issue as issueById } from '../../lib/store/issues.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { releasesOf } from '../../lib/store/releases.ts'
import type { Reader, Runner } from '../../lib/world.ts'
import { baseOf, basesOf, changesSoon } from '../bases.ts'
import type { Postponed } from './attempt.ts'
import { implement } from './implement.ts'

const ATTEMPTS = 3
/** How soon to look again while a release that has just begun gets its branch. */
const SOON_MS = 1000

/** diagnosis → fix, at most three times; then on to the releaser, who ships it or tells a person. */
export async function repair(world: Reader & Runner, lease: Lease): Promise<Next> {
  const project = await projectById(world.sql, lease.project)
  const issue = await issueById(world.sql, Number(lease.subject.split(':')[1]))
  const diagnosis = issue && (await newestDiagnosis(world.sql, issue.id))
  if (!project || !issue || !diagnosis) throw new Fault('NOT_FOUND', lease.subject)
  if (issue.state === 'closed') return 'done'
  const bases = await basesOf(world, project, issue)
  if (bases && (await changesSoon(world, project, bases))) return { agent: 'implementer', inMs: SOON_MS }
  if (bases && (await hasMovedOn(world, lease, project, bases, diagnosis))) return { agent: 'investigator', inMs: 0 }
  const fix = await currentDraft(world, project, issue, diagnosis)
  if (!fix) return { agent: 'releaser', inMs: 0 }
  if (fix.state === 'drafting') {
    const attempt = await implement(world, project, issue, diagnosis, fix.id)
    if (!attempt.ok) {
      if ('obstacle' in attempt) return postponed(world, fix, attempt)
      await refusedFix(world, fix, attempt)
      if (attempt.final || fix.attempt === ATTEMPTS) return { agent: 'releaser', inMs: 0 }
      return { agent: 'implementer', inMs: 0 }
    }
    await provenFix(world, fix, attempt.facts, attempt.files)
  }
  return { agent: 'releaser', inMs: 0 }
}

/** The draft waits for what is missing, under its number; what does not come back within a day ends it. */
async function postponed(world: Reader, fix: Fix, { why, obstacle }: Postponed): Promise<Next> {
  const inMs = laterMs(obstacle, fix.createdAt, world.clock.now())
  const { id, issue, attempt } = fix
  if (inMs === null) {
    const lasting = `${why}\nThat has lasted for a day.`
    await refusedFix(world, fix, { why: lasting, proof: null, patch: null, diff: null, final: true })
    return { agent: 'releaser', inMs: 0 }
  }
  await note(world.sql, fix.project, 'implementer', 'fix.waits', { fix: id, issue, attempt, why })
  return { agent: 'implementer', inMs }
}

/** A proof on what production soon no longer runs would have to be made again: the diagnosis is, which takes a second. */
async function hasMovedOn(
  world: Reader,
  lease: Lease,
  project: Project,
  bases: Bases,
  { issue, facts }: Diagnosis,
): Promise<boolean> {
  if (isSame(await baseOf(world, project, facts.base), startOf(bases))) return false
  const open = openFix(await fixesOf(world.sql, issue), await releasesOf(world.sql, issue))
  // What is proven already is the releaser's to look at.
  if (open?.state === 'proven') return false
  if (open) await supersedeFix(world.sql, lease, open.id, OVERTAKEN)
  return true
}

/** The draft a killed attempt left, a proven fix, or a new draft; null after three refusals. */
async function currentDraft(world: Reader, project: Project, issue: Issue, diagnosis: Diagnosis): Promise<Fix | null> {
  const fixes = await fixesOf(world.sql, issue.id)
  const open = openFix(fixes, await releasesOf(world.sql, issue.id))
  if (open) return open
  const { base } = diagnosis.facts
  const counted = fixes.filter((fix) => !fix.superseded)
  const attempt = Math.max(0, ...counted.map((fix) => fix.attempt)) + 1
  if (attempt > ATTEMPTS) return null
  // Production may come back to a base it had, and what was proven on it then has a branch already.
  const round = fixes.filter((fix) => fix.superseded && fix.attempt === attempt && fix.base === base).length
  const id = fixId(project.id, issue.fingerprint, base, attempt, round)
  return draft(world.sql, { id, project: project.id, issue: issue.id, attempt, base })
}

/** Deterministic, so that a retry after a crash names the same branch and the same file. */
export function fixId(project: number, fingerprint: string, base: string, attempt: number, round = 0): string {
  return createHash('sha256')
    .update(JSON.stringify([project, fingerprint, base, attempt, ...(round > 0 ? [round] : [])]))
    .digest('hex')
    .slice(0, 12)
}
