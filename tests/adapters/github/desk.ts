import { afterEach, beforeEach } from 'vitest'
import type { Effect } from '../../../emulators/github/types.ts'
import { githubReview } from '../../../lib/adapters/review.github.ts'
import type { ProposalPlan } from '../../../lib/domain/proposal.ts'
import type { Review } from '../../../lib/world/review.ts'
import { type Hub, openHub } from '../../contracts/hub.ts'

export const BRANCH = 'agent/fix-000000000001'
export const PLAN: ProposalPlan = {
  ...{ branch: BRANCH, into: 'main', title: 'Fix: TypeError in POST /api/launch' },
  ...{ body: '## What broke\n\nPOST /api/launch failed.', draft: false, labels: ['nightshift', 'fix'] },
}

export interface Desk {
  hub: Hub
  review: Review
  /** Of the branch a request is made of. */
  head: string
  /** One that remembers nothing, as in another process. */
  another(attemptMs?: number): Review
  count(what: Effect['what']): number
  threads(): Hub['repo']['threads']
}

/** GitHub with a branch of ours for each test of a file, and what asks for its review. */
export function desk(): Desk {
  const at = {
    another: (attemptMs = 8000) => githubReview({ ...at.hub.options, attemptMs })(at.hub.project),
    count: (what) => at.hub.github.service.count(what),
    threads: () => at.hub.repo.threads,
  } as Desk
  beforeEach(async () => {
    at.hub = await openHub()
    at.review = at.another()
    // The branch is made of main, as the releaser makes it.
    at.hub.origin.git('update-ref', `refs/heads/${BRANCH}`, at.hub.base)
    at.head = at.hub.origin.commit(BRANCH, { 'src/other.ts': 'x\n' }, 'Fix')
  })
  afterEach(() => at.hub.close())
  return at
}
