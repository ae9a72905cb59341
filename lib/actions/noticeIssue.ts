import type { ISql } from 'postgres'
import { nothingFound } from '../domain/diagnosis.ts'
import type { ErrorEvent } from '../domain/event.ts'
import type { Issue, Severity } from '../domain/issue.ts'
import type { Project } from '../domain/project.ts'
import type { Agent } from '../domain/work.ts'
import { note } from '../store/audit.ts'
import { addDiagnosis, newestDiagnosis } from '../store/diagnoses.ts'
import { cureOfFingerprint, releaseOfCommit, type Sighting, sight } from '../store/issues.ts'
import { addWork, wakeNotices } from '../store/work.ts'
import type { Reader } from '../world.ts'

export interface Noticed {
  event: ErrorEvent
  severity: Severity
  severityWhy: string
  users: number | null
  seen: number
  /** The minute of the last one counted; null where none was. */
  last: Date | null
  /** Why it is left alone; null where it is not. */
  harmless: string | null
}

const TITLE = 160

/**
 * Opens or refreshes the issue an event belongs to; a new one is handed to the investigator. An event of a cured issue
 * from a commit without the cure is an echo of the old version and opens nothing.
 */
export async function noticeIssue(world: Reader, project: Project, n: Noticed): Promise<Issue | null> {
  const { event } = n
  const cure = await cureOfFingerprint(world.sql, project.id, event.fingerprint)
  if (cure && !(event.sha && (await world.code(project).isAncestor(cure, event.sha)))) return null
  const sighting: Sighting = {
    project: project.id,
    fingerprint: event.fingerprint,
    title: `${event.failure.type}: ${event.failure.message}`.slice(0, TITLE),
    route: event.route,
    sha: event.sha,
    severity: n.severity,
    severityWhy: n.severityWhy,
    users: n.users,
    seen: n.seen,
    at: new Date(Math.max(Date.parse(event.at), n.last?.getTime() ?? 0)),
  }
  // One transaction: an issue without its work would wait for ever.
  const { issue, starts } = await world.sql.begin(async (tx) => {
    const result = await sight(tx, sighting)
    const { id } = result.issue
    if (result.opened)
      await note(tx, project.id, 'watcher', 'issue.opened', {
        issue: id,
        fingerprint: event.fingerprint,
        severity: n.severity,
        why: n.severityWhy,
      })
    if (n.harmless && result.opened) await leaveAlone(tx, id, event, n.harmless)
    // P4 waits for the weekly review; should it become graver, it starts then.
    const starts = n.severity !== 'P4' && !(await begun(tx, id)) ? await starter(tx, project, result.issue) : null
    if (starts) {
      await addWork(tx, `issue:${id}`, project.id, starts)
      await wakeNotices(tx, project.id)
    }
    return { issue: result.issue, starts }
  })
  if (starts) {
    world.ring(starts)
    world.ring('releaser')
  }
  return issue
}

/** What a release of ours brought is never repaired by us: a person looks, so that Nightshift never feeds on itself. */
async function starter(tx: ISql, project: Project, issue: Issue): Promise<Agent> {
  const ours = issue.sha ? await releaseOfCommit(tx, project.id, issue.sha) : null
  if (!ours || !issue.sha) return 'investigator'
  await addDiagnosis(tx, {
    issue: issue.id,
    cause: 'inconclusive',
    remedy: 'needs-person',
    confidence: 1,
    why: `It was first seen in release ${ours}, which Nightshift shipped. It is not repaired by itself.`,
    facts: nothingFound(issue.sha, issue.route),
  })
  return 'releaser'
}

/** It may become graver later: then a diagnosis that left it alone does not count. */
async function begun(tx: ISql, issue: number): Promise<boolean> {
  const diagnosis = await newestDiagnosis(tx, issue)
  return diagnosis !== null && diagnosis.remedy !== 'ignore'
}

async function leaveAlone(tx: ISql, issue: number, event: ErrorEvent, why: string): Promise<void> {
  const facts = { ...nothingFound(event.sha ?? '', event.route), events: [event.id] }
  await addDiagnosis(tx, { issue, cause: 'no-code-cause', remedy: 'ignore', confidence: 0.9, why, facts })
}
