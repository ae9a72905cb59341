import { type Performed, perform } from '../../lib/actions/perform.ts'
import type { Oid, Sha } from '../../lib/domain/tree.ts'
import { findMerge, mergeMessage } from './commits.ts'
import { type Context, effect } from './context.ts'

const SECONDS = 30

/** Merges a commit into one of the two configured branches; `mustBe` is the tree the result has to have, if any. */
export async function merge(
  c: Context,
  target: 'staging' | 'production',
  brought: Sha,
  mustBe: Oid | null,
): Promise<Performed<{ sha: Sha }>> {
  const code = c.world.code(c.project)
  const branch = c.project.settings.branches[target]
  return perform(c.world, c.lease, effect(c, `merge:${target}`, 'merge', target, SECONDS), {
    async send(ticket) {
      const head = await code.head(branch)
      if (!head) return { refused: `there is no branch ${branch}` }
      const tree = await code.mergeTree(head, brought)
      if (!tree) return { refused: `the fix conflicts with what is on ${branch}` }
      if (mustBe && tree !== mustBe)
        return { refused: `merged into ${branch} it would not be the tree that was proven` }
      const plan = { parents: [head, brought], tree, message: mergeMessage(c, branch, ticket), at: ticket.at }
      const sha = await code.composeCommit(plan)
      if ((await code.push(branch, sha, head)) === 'moved') return { refused: `${branch} moved meanwhile` }
    },
    async ask() {
      const merged = await findMerge(code, branch, brought)
      return merged ? { sha: merged.sha } : null
    },
  })
}
