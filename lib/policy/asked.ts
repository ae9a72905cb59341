import type { Approval } from '../domain/approval.ts'
import type { Fix } from '../domain/fix.ts'
import type { Asked } from '../domain/notice.ts'
import type { Release, ReleaseState } from '../domain/release.ts'

export interface AskedFacts {
  fix: Fix | null
  /** The fix's. */
  release: Pick<Release, 'state' | 'facts'> | null
  /** The fix's, in any order. */
  approvals: Approval[]
  /** The project's, now. */
  policyVersion: number
  now: Date
}

/** While a release is in one of these, it may still want the yes it asked for. */
const WANTS: Record<Asked['target'], ReleaseState[]> = {
  staging: ['staging'],
  production: ['staging', 'soaking', 'promoting'],
}

/** Why an approval that was asked for is not wanted any more, in a sentence; null while it is. */
export function answerOf(ask: Pick<Asked, 'tree' | 'target' | 'policyVersion'>, facts: AskedFacts): string | null {
  const { fix, release, policyVersion } = facts
  if (fix?.withdrawn) return fix.withdrawnWhy ?? 'It was taken back.'
  if (fix?.superseded) return 'Production moved on: it is proven again on what runs there now.'
  if (fix?.state !== 'proven' || fix.tree !== ask.tree) return 'This is not the tree that was proven any more.'
  const yes = facts.approvals.find((approval) => serves(approval, ask, facts))
  if (yes) return `Approved by ${yes.by} up to ${yes.target}.`
  if (policyVersion !== ask.policyVersion) return 'The policy changed since this was asked.'
  if (!release) return null
  if (release.facts.back) return release.facts.back.why
  return WANTS[ask.target].includes(release.state) ? null : `Its release is ${release.state}.`
}

const serves = (a: Approval, ask: Pick<Asked, 'tree' | 'target'>, { policyVersion, now }: AskedFacts): boolean =>
  a.tree === ask.tree &&
  (a.target === ask.target || a.target === 'production') &&
  a.policyVersion === policyVersion &&
  a.revokedAt === null &&
  a.expiresAt > now

/** The key of what is asked now: the last one's while that one is open, a new one once it was answered. */
export function askKey(base: string, earlier: { key: string; answered: boolean }[]): string {
  const last = earlier.at(-1)
  if (!last) return base
  return last.answered ? `${base}:again:${earlier.length}` : last.key
}
