import type { Opinions } from '../../../lib/domain/proposal.ts'
import type { Pull } from '../../../lib/domain/release.ts'
import { approvalsOf } from '../../../lib/store/approvals.ts'
import { approveByReview, revokeReviews } from '../../../lib/store/reviews.ts'
import type { Review } from '../../../lib/world/review.ts'
import type { Context } from '../context.ts'
import type { Target } from './names.ts'

export interface Heard {
  /** Who said yes to the very head, and who wants something changed, by their names on the code host. */
  approved: string[]
  objected: string[]
  /** Why a yes there counts for nothing here, in sentences. */
  unheeded: string[]
}

const NOTHING: Heard = { approved: [], objected: [], unheeded: [] }

/**
 * What members said about a pull request, kept as approvals: a review of the very head by somebody who may write, and whom
 * an owner linked to a person who may decide. One that was dismissed, or of another head than the one there now, is none.
 */
export async function heed(c: Context, review: Review, target: Target): Promise<Heard> {
  const pull = c.release.facts.pulls?.[target]
  return pull ? kept(c, target, pull, await review.opinions(pull.number)) : NOTHING
}

/** The same for what nobody objects to over there any more: it is merged, or it waits for a yes given here. */
export async function heedIfTold(c: Context, review: Review, target: Target): Promise<Heard> {
  const pull = c.release.facts.pulls?.[target]
  if (!pull) return NOTHING
  const given = await review.opinions(pull.number).catch((error: unknown) => unlessRelied(c, target, error))
  return given ? kept(c, target, pull, given) : NOTHING
}

async function kept(c: Context, target: Target, pull: Pull, given: Opinions): Promise<Heard> {
  const about = { fix: c.fix.id, target, hours: c.project.policy.approvalHours }
  const approved = given.head === pull.head ? given.approved : []
  const standing = approved.map(({ review: id }) => id)
  const why = given.head === pull.head ? 'the review does not stand any more' : 'the branch has another head by now'
  await revokeReviews(c.world.sql, c.lease, about, standing, why)
  const unheeded: string[] = []
  for (const one of approved) {
    const ruled = await approveByReview(c.world.sql, c.lease, about, one)
    if (ruled.answer === 'refused' && ruled.reason !== 'it is out already')
      unheeded.push(`${one.by} approved it on the code host, which counts for nothing: ${ruled.reason}.`)
  }
  return { approved: approved.map(({ by }) => by), objected: given.objected, unheeded }
}

/** Where nothing rests on a review, a code host that does not answer holds nothing up. */
async function unlessRelied(c: Context, target: Target, error: unknown): Promise<Opinions | null> {
  const relied = (await approvalsOf(c.world.sql, c.fix.id)).some(
    (one) => one.review && one.revokedAt === null && (one.target === target || one.target === 'production'),
  )
  if (relied) throw error
  return null
}

/** Before an effect that a person has to allow: whether their reviews still stand. */
export async function heedWhereAsked(c: Context, target: Target, answer: 'go' | 'ask' | 'stop'): Promise<void> {
  const review = c.world.review(c.project)
  if (review && answer === 'ask') await heedIfTold(c, review, target)
}
