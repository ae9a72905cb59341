import { type Performed, perform, type Ticket } from '../../lib/actions/perform.ts'
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

type Target = 'staging' | 'production'

/** What goes on top of a branch, given its head; or why nothing can. */
interface Step {
  tree(head: Sha): Promise<Oid | { refused: string }>
  parents(head: Sha): Sha[]
  message(ticket: Ticket): string
}

/** Merges a commit into one of the two configured branches; `mustBe` is the tree the result has to have, if any. */
export function merge(c: Context, target: Target, brought: Sha, mustBe: Oid | null): Promise<Done<{ sha: Sha }>> {
  const code = c.world.code(c.project)
  const branch = c.project.settings.branches[target]
  return onTop(c, target, effect(c, `merge:${target}`, 'merge', target, brought, SECONDS), {
    async tree(head) {
      const tree = await code.mergeTree(head, brought)
      if (!tree) return { refused: `the fix conflicts with what is on ${branch}` }
      return mustBe && tree !== mustBe
        ? { refused: `merged into ${branch} it would not be the tree that was proven` }
        : tree
    },
    parents: (head) => [head, brought],
    message: (ticket) => mergeMessage(c, branch, ticket),
  })
}

/** Takes a merge of ours out of its branch, by a commit on top: no history is lost, and others' work since then stays. */
export function revert(c: Context, target: Target, merged: Sha): Promise<Done<{ sha: Sha }>> {
  const branch = c.project.settings.branches[target]
  return onTop(c, target, effect(c, `revert:${target}${turnOf(c)}`, 'revert', target, merged, SECONDS), {
    tree: async (head) =>
      (await treeWithout(c.world.code(c.project), head, merged)) ?? {
        refused: `others changed the same lines on ${branch} since`,
      },
    parents: (head) => [head],
    message: (ticket) => revertMessage(c, merged, ticket),
  })
}

async function onTop(c: Context, target: Target, request: EffectRequest, step: Step): Promise<Done<{ sha: Sha }>> {
  const code = c.world.code(c.project)
  const branch = c.project.settings.branches[target]
  const ask = () => outside(c, request) as Promise<{ sha: Sha } | null>
  const done = await perform(c.world, c.lease, request, {
    async send(ticket) {
      // An earlier try may have arrived late; doing it again would be a second one of the same thing.
      if (await ask()) return
      const head = await code.head(branch)
      if (!head) return { refused: `there is no branch ${branch}` }
      const tree = await step.tree(head)
      if (typeof tree !== 'string') return tree
      const plan = { parents: step.parents(head), tree, message: step.message(ticket), at: ticket.at }
      const sha = await code.composeCommit(plan)
      ticket.still()
      if ((await code.push(branch, sha, head)) === 'moved') return { refused: `${branch} moved meanwhile` }
    },
    ask,
  })
  return { done, request }
}
