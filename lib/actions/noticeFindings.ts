import type { ISql } from 'postgres'
import { nothingFound } from '../domain/diagnosis.ts'
import type { Project } from '../domain/project.ts'
import type { SourceFinding, SourceKind } from '../domain/source.ts'
import { type SeverityFacts, severityOf } from '../policy/severity.ts'
import { note } from '../store/audit.ts'
import { addDiagnosis } from '../store/diagnoses.ts'
import { closeIssue, openIssue, sight } from '../store/issues.ts'
import { noteFinding, noteGone } from '../store/sourceFindings.ts'

const fingerprint = (kind: SourceKind, key: string): string => `finding:${kind}:${key}`

/**
 * What a source finds becomes an issue for the weekly review (P4), once: one that a person has put away stays away while it
 * is found again and again, and comes back when it had gone meanwhile. What has gone is closed. In the caller's transaction.
 */
export async function noticeFindings(
  tx: ISql,
  project: Pick<Project, 'id'>,
  kind: SourceKind,
  findings: SourceFinding[],
  now: Date,
): Promise<void> {
  const { severity, why: severityWhy } = severityOf(FINDING)
  for (const finding of findings) {
    if (!(await noteFinding(tx, project.id, kind, finding.key))) continue
    const { issue, opened } = await sight(tx, {
      ...{ project: project.id, fingerprint: fingerprint(kind, finding.key), title: finding.title, route: null },
      ...{ sha: null, severity, severityWhy, users: null, seen: 1, at: now },
    })
    if (!opened) continue
    await addDiagnosis(tx, {
      ...{ issue: issue.id, cause: 'no-code-cause', remedy: 'needs-person', confidence: 1, why: finding.why },
      facts: nothingFound('', null),
    })
    await note(tx, project.id, 'watcher', 'issue.opened', { issue: issue.id, source: kind, severity, why: severityWhy })
  }
  const present = findings.map(({ key }) => key)
  for (const key of await noteGone(tx, project.id, kind, present)) {
    const issue = await openIssue(tx, project.id, fingerprint(kind, key))
    if (!issue) continue
    await closeIssue(tx, issue.id, 'archived')
    await note(tx, project.id, 'watcher', 'issue.gone', { issue: issue.id, source: kind })
  }
}

const FINDING: SeverityFacts = {
  healthFailures: 0,
  requests5m: { all: 0, failed: 0 },
  users: null,
  route: null,
  handled: true,
  failedRequest: false,
  level: 'warning',
  kind: 'finding',
}
