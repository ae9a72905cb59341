import { type Performed, perform } from '../../lib/actions/perform.ts'
import type { EffectRequest } from '../../lib/domain/effect.ts'
import type { Oid, Sha } from '../../lib/domain/tree.ts'
import { mergeMessage, revertMessage, treeWithout } from './commits.ts'
import { type Context, effect, turnOf } from './context.ts'
import { outside } from './outside.ts'

/** Half to get ready, half for git's own 20 s. */
const SECONDS = 40

export interface Done<R> {
  done: Performed<R>
  request: EffectRequest
}

/** Merges a commit into one of the two configured branches; `mustBe` is the tree the result has to have, if any. */
export async function merge(
  c: Context,
  target: 'staging' | 'production',
  brought: Sha,
  mustBe: Oid | null,
): Promise<Done<{ sha: Sha }>> {
  const code = c.world.code(c.project)
  const branch = c.project.settings.branches[target]
  const request = effect(c, `merge:${target}`, 'merge', target, brought, SECONDS)
  const ask = () => outside(c, request) as Promise<{ sha: Sha } | null>
  const done = await perform(c.world, c.lease, request, {
    async send(ticket) {
      // An earlier try may have arrived late; merging it again would be a second merge of the same thing.
      if (await ask()) return
      const head = await code.head(branch)
      if (!head) return { refused: `there is no branch ${branch}` }
      const tree = await code.mergeTree(head, brought)
      if (!tree) return { refused: `the fix conflicts with what is on ${branch}` }
      if (mustBe && tree !== mustBe)
        return { refused: `merged into ${branch} it would not be the tree that was proven` }
      const plan = { parents: [head, brought], tree, message: mergeMessage(c, branch, ticket), at: ticket.at }
      const sha = await code.composeCommit(plan)
      ticket.still()
      if ((await code.push(branch, sha, head)) === 'moved') return { refused: `${branch} moved meanwhile` }
    },
    ask,
  })
  return { done, request }
}

/** Takes a merge of ours out of its branch, by a commit on top: no history is lost, and others' work since then stays. */
export async function revert(c: Context, target: 'staging' | 'production', merged: Sha): Promise<Done<{ sha: Sha }>> {
  const code = c.world.code(c.project)
  const branch = c.project.settings.branches[target]
  const request = effect(c, `revert:${target}${turnOf(c)}`, 'revert', target, merged, SECONDS)
  const ask = () => outside(c, request) as Promise<{ sha: Sha } | null>
  const done = await perform(c.world, c.lease, request, {
    async send(ticket) {
      if (await ask()) return
      const head = await code.head(branch)
      if (!head) return { refused: `there is no branch ${branch}` }
      const tree = await treeWithout(code, head, merged)
      if (!tree) return { refused: `others changed the same lines on ${branch} since` }
      const plan = { parents: [head], tree, message: revertMessage(c, merged, ticket), at: ticket.at }
      const sha = await code.composeCommit(plan)
      ticket.still()
      if ((await code.push(branch, sha, head)) === 'moved') return { refused: `${branch} moved meanwhile` }
    },
    ask,
  })
  return { done, request }
}
