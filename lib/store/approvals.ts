import type { ISql } from 'postgres'
import type { Approval } from '../domain/approval.ts'

/** Oldest first. */
export async function approvalsOf(sql: ISql, fix: string): Promise<Approval[]> {
  return sql<Approval[]>`
    select a.id, a.fix, a.base, a.tree, a.target, a.policy_version, p.name as by, a.at, a.expires_at, a.revoked_at, a.revoked_why, a.review, a.used_by
    from approvals a join people p on p.id = a.person where a.fix = ${fix} order by a.id`
}
