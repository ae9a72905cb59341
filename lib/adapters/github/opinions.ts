import type { Approving, Opinions } from '../../domain/proposal.ts'
import type { Sha } from '../../domain/tree.ts'

export interface GivenReview {
  user: { login: string; type: string } | null
  author_association: string
  state: string
  commit_id: string | null
  id?: number
  submitted_at?: string | null | undefined
}

const MEMBERS: Record<string, Approving['association']> = {
  OWNER: 'owner',
  MEMBER: 'member',
  COLLABORATOR: 'collaborator',
}
/** What a person's last word can be; a mere comment takes no word back. */
const WORDS = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']

/**
 * The last word of each member, of reviews in the order they were given. An approval is of the head alone; an objection
 * stands until it is taken back. Programs and whoever opened the request have no word.
 */
export function opinionsOf(reviews: GivenReview[], head: Sha, author: string): Opinions {
  const last = new Map<string, GivenReview>()
  for (const review of reviews) {
    const by = review.user?.login
    if (!by || by === author || review.user?.type !== 'User' || !WORDS.includes(review.state)) continue
    if (Object.hasOwn(MEMBERS, review.author_association)) last.set(by, review)
  }
  const approved: Approving[] = []
  const objected: string[] = []
  for (const [by, { state, commit_id: sha, author_association: association, id, submitted_at: at }] of last) {
    if (state === 'CHANGES_REQUESTED') objected.push(by)
    if (state !== 'APPROVED' || sha !== head) continue
    // One without a time was given before anything: it counts for no policy.
    approved.push({ by, association: MEMBERS[association]!, review: id ?? 0, at: at ?? new Date(0).toISOString() })
  }
  return { head, approved, objected }
}
