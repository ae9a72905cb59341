import type { Pull } from '../../../lib/domain/release.ts'
import type { Sha } from '../../../lib/domain/tree.ts'
import { type Context, turnOf } from '../context.ts'

export type Target = 'staging' | 'production'

/** What goes into a configured branch, and by which branch: our own, or staging where it differs by this fix alone. */
export interface From {
  branch: string
  head: Sha
}

/** How an effect names a pull request before it has a number. */
export const aimOf = ({ branch, head }: From, into: string): string => `${branch}@${head} into ${into}`

export function fromAim(aim: string): (From & { into: string }) | null {
  const [, branch, head, into] = /^(\S+)@([0-9a-f]{40,64}) into (\S+)$/.exec(aim) ?? []
  return branch && head && into ? { branch, head, into } : null
}

/** Only a branch that serves again and again needs the head to know which of its requests is meant. */
export const headToFindBy = (c: Context, { branch, head }: Pick<Pull, 'branch' | 'head'>): Sha | undefined =>
  branch === c.project.settings.branches.staging ? head : undefined

/** The branch whose one commit takes a merge of ours out again; each order of a person's has its own. */
export function revertBranch(c: Context, target: Target): string {
  const where = target === 'staging' ? '-staging' : ''
  return `agent/revert-${c.fix.id}${where}${turnOf(c).replace(':', '-')}`
}

export const LABELS = ['nightshift']

/** How soon to look again at what others do on the code host; its webhooks do not say whose work they mean. */
export const LOOK_MS = 30_000
