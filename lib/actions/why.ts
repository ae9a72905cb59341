import type { ISql } from 'postgres'
import type { Approval } from '../domain/approval.ts'
import type { AuditRow } from '../domain/audit.ts'
import type { Decision } from '../domain/effect.ts'
import type { Proof, Risk } from '../domain/fix.ts'
import type { Issue } from '../domain/issue.ts'
import type { Release } from '../domain/release.ts'
import { Fault } from '../errors.ts'
import { approvalsOf } from '../store/approvals.ts'
import { auditOfRelease } from '../store/audit.ts'
import { newestDiagnosis } from '../store/diagnoses.ts'
import { fix as fixById } from '../store/fixes.ts'
import { issue as issueById } from '../store/issues.ts'
import { project as projectById } from '../store/projects.ts'
import { release as releaseById } from '../store/releases.ts'

/** Everything that led to a release and came of it, from the audit and the rows it names. */
export interface Why {
  project: string
  release: Release
  issue: Pick<Issue, 'id' | 'title' | 'severity' | 'severityWhy' | 'users' | 'seen' | 'route'>
  /** What the fix was made from. */
  diagnosis: { why: string; confidence: number } | null
  fix: { id: string; base: string; tree: string; risk: Risk; proof: Proof; summary: string } | null
  approvals: Approval[]
  timeline: Moment[]
}

/** One row of the audit; `decision` is what policy said, where the row is about an effect. */
export interface Moment {
  seq: number
  at: string
  actor: string
  what: string
  body: Record<string, unknown>
  decision: Decision | null
}

/** "Why did you ship at 03:12?" */
export async function whyOf(sql: ISql, id: number): Promise<Why> {
  const release = await releaseById(sql, id)
  const issue = release && (await issueById(sql, release.issue))
  const project = release && (await projectById(sql, release.project))
  const fix = release && (await fixById(sql, release.fix))
  if (!release || !issue || !project || !fix) throw new Fault('NOT_FOUND', `release ${id}`)
  const diagnosis = await newestDiagnosis(sql, issue.id, fix.createdAt)
  const { title, severity, severityWhy, users, seen, route } = issue
  return {
    project: project.slug,
    release,
    issue: { id: issue.id, title, severity, severityWhy, users, seen, route },
    diagnosis: diagnosis && { why: diagnosis.why, confidence: diagnosis.confidence },
    fix:
      fix.state === 'proven'
        ? { id: fix.id, base: fix.base, tree: fix.tree, risk: fix.risk, proof: fix.proof, summary: fix.summary }
        : null,
    approvals: await approvalsOf(sql, release.fix),
    timeline: (await auditOfRelease(sql, release)).map(momentOf),
  }
}

function momentOf({ seq, at, actor, what, body }: AuditRow): Moment {
  const { decision, ...rest } = body
  return { seq, at: at.toISOString(), actor, what, body: rest, decision: (decision as Decision | undefined) ?? null }
}
