import type { ISql } from 'postgres'
import type { Approving } from '../domain/proposal.ts'
import type { Lease } from '../domain/work.ts'
import type { Ruled } from './control.ts'

type Target = 'staging' | 'production'

/** A review on the code host, as an approval of whoever an owner linked to that name; refused where it counts for nothing. */
export async function approveByReview(
  sql: ISql,
  lease: Lease,
  { fix, target, hours }: { fix: string; target: Target; hours: number },
  { by, review, at }: Approving,
): Promise<Ruled> {
  const [row] = await sql<Ruled[]>`
    select * from approve_by_review(${fix}, ${target}, ${by}, ${review}, ${at}, make_interval(hours => ${hours}),
      ${lease.subject}, ${lease.fence})`
  return row!
}

/** Voids the approvals whose reviews do not stand any more; how many that were. */
export async function revokeReviews(
  sql: ISql,
  lease: Lease,
  { fix, target }: { fix: string; target: Target },
  standing: number[],
  why: string,
): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select revoke_reviews(${fix}, ${target}, ${standing}::bigint[], ${why}, ${lease.subject}, ${lease.fence}) as n`
  return row!.n
}
