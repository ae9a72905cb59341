import type { Sql } from 'postgres'
import type { Approval } from '../domain/approval.ts'
import type { AuditRow } from '../domain/audit.ts'
import type { Decision } from '../domain/effect.ts'
import type { Proof, Risk } from '../domain/fix.ts'
import type { Release } from '../domain/release.ts'
import { Fault } from '../errors.ts'
import { approvalsOf } from '../store/approvals.ts'
import { release as releaseById } from '../store/releases.ts'
import { story } from '../store/story.ts'

/** Everything that led to a release and came of it, from the audit and the rows it names. */
export interface Why {
  release: Release
  issue: { id: number; severity: string; severityWhy: string; users: number | null; route: string | null }
  diagnosis: { why: string; confidence: number } | null
  fix: { id: string; base: string; tree: string; risk: Risk; proof: Proof; summary: string } | null
  approvals: Approval[]
  timeline: {
    seq: number
    at: string
    actor: string
    what: string
    body: Record<string, unknown>
    decision: Decision | null
  }[]
}

/** "Why did you ship at 03:12?" */
export async function whyOf(sql: Sql, id: number): Promise<Why> {
  const release = await releaseById(sql, id)
  const told = release && (await story(sql, release.issue))
  if (!release || !told) throw new Fault('NOT_FOUND', `release ${id}`)
  const fix = told.fixes.find((one) => one.id === release.fix)
  const { issue, diagnosis } = told
  return {
    release,
    issue: {
      id: issue.id,
      severity: issue.severity,
      severityWhy: issue.severityWhy,
      users: issue.users,
      route: issue.route,
    },
    diagnosis: diagnosis && { why: diagnosis.why, confidence: diagnosis.confidence },
    fix:
      fix?.state === 'proven'
        ? { id: fix.id, base: fix.base, tree: fix.tree, risk: fix.risk, proof: fix.proof, summary: fix.summary }
        : null,
    approvals: await approvalsOf(sql, release.fix),
    timeline: told.audit.filter((row) => about(row, release)).map(lineOf),
  }
}

/** Rows of the issue before the fix, of this fix, and of this release; not of other attempts. */
function about({ body }: AuditRow, release: Release): boolean {
  const key = typeof body.key === 'string' ? body.key : ''
  if (key) return key.startsWith(`${release.fix}:`) || key.startsWith(`tell:release:${release.id}:`)
  if (typeof body.fix === 'string') return body.fix === release.fix
  return typeof body.release === 'number' ? body.release === release.id : true
}

function lineOf({ seq, at, actor, what, body }: AuditRow): Why['timeline'][number] {
  const { decision, ...rest } = body
  return { seq, at: at.toISOString(), actor, what, body: rest, decision: (decision as Decision | undefined) ?? null }
}
