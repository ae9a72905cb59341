import { perform, type Ticket } from '../../../lib/actions/perform.ts'
import type { Pull, Withheld } from '../../../lib/domain/release.ts'
import type { Oid, Sha } from '../../../lib/domain/tree.ts'
import type { Review } from '../../../lib/world/review.ts'
import { mergeMessage } from '../commits.ts'
import { type Context, effect, hold, type Outcome, unless } from '../context.ts'
import { merge } from '../merge.ts'
import { outside } from '../outside.ts'
import { lookAt, waits, withheldBy, withhold } from './look.ts'
import type { From, Target } from './names.ts'
import { propose } from './propose.ts'

/** Half to get ready, half for the code host's own 20 s. */
const SECONDS = 40

/**
 * Merges into one of the two configured branches: by a pull request where the code host has them, by a commit of ours
 * elsewhere. `mustBe` is the tree the result has to have, if any.
 */
export async function bringIn(
  c: Context,
  target: Target,
  from: From,
  mustBe: Oid | null,
): Promise<{ sha: Sha } | Outcome> {
  const review = c.world.review(c.project)
  if (review) return throughPull(c, review, target, from, mustBe)
  const { done, request } = await merge(c, target, from.head, mustBe)
  return done.state === 'confirmed' ? done.receipt : unless(c, done, request)!
}

async function throughPull(
  c: Context,
  review: Review,
  target: Target,
  from: From,
  mustBe: Oid | null,
): Promise<{ sha: Sha } | Outcome> {
  const pull = await openedFor(c, review, target, from)
  if (!pull) return propose(c, review, target, from)
  const look = await lookAt(c, review, target, pull)
  const no = withheldBy(c, target, pull, look)
  if (no) return no
  const request = effect(c, `merge:${target}`, 'merge', target, pull.head, SECONDS)
  const ask = () => outside(c, request) as Promise<{ sha: Sha } | null>
  let said = null as Said | null
  const send = async (ticket: Ticket) => {
    said = (await ask()) ? null : await tryMerge(c, review, { target, pull, mustBe, ticket })
    return said ? { refused: said.why } : undefined
  }
  // What protection says is asked for again as often as there is news, so tries are no measure.
  const done = await perform(c.world, c.lease, request, { send, ask }, Number.POSITIVE_INFINITY)
  if (done.state === 'confirmed') return done.receipt
  if (said?.is === 'blocked') {
    const reason = 'held: branch protection'
    return withhold(c, { target, reason, why: [`The code host says: ${said.why}`], seen: look.seen })
  }
  if (said?.is === 'queued') return waits(c, said.why, leftQueue(c, target, look.seen))
  if (said?.is === 'over') return hold(c, said.why)
  const outcome = unless(c, done, request)!
  return 'facts' in outcome ? withUnheeded(outcome, look.heard.unheeded) : outcome
}

/** Should it leave the queue as it came, it is not put there again at once. */
const leftQueue = (c: Context, target: Target, seen: string): Withheld => ({
  ...{ target, seen, at: c.world.clock.now().toISOString(), reason: 'held: merge queue' },
  why: ['It left the queue of the code host without being merged.'],
})

/** The one it was to go by; another one only where that has brought it in already. */
async function openedFor(c: Context, review: Review, target: Target, from: From): Promise<Pull | null> {
  const pull = c.release.facts.pulls?.[target]
  if (!pull || (pull.branch === from.branch && pull.head === from.head)) return pull ?? null
  const found = await review.find(pull.branch, c.project.settings.branches[target], pull.head)
  return found?.state === 'merged' && found.head === pull.head ? pull : null
}

/** A yes that counts for nothing is said where a yes is waited for. */
function withUnheeded(outcome: Extract<Outcome, { facts: object }>, unheeded: string[]): Outcome {
  const { refused } = outcome.facts
  if (!refused?.asks || unheeded.length === 0) return outcome
  return { ...outcome, facts: { ...outcome.facts, refused: { ...refused, why: [...refused.why, ...unheeded] } } }
}

/** Why it was not merged: `over` for good, `blocked` until somebody lets it, `queued` not yet, `again` by chance. */
interface Said {
  is: 'over' | 'blocked' | 'queued' | 'again'
  why: string
}

interface Merging {
  target: Target
  pull: Pull
  mustBe: Oid | null
  ticket: Ticket
}

async function tryMerge(c: Context, review: Review, { target, pull, mustBe, ticket }: Merging): Promise<Said | null> {
  const code = c.world.code(c.project)
  const into = c.project.settings.branches[target]
  const over = (why: string): Said => ({ is: 'over', why })
  const head = await code.head(into)
  if (!head) return over(`there is no branch ${into}`)
  const tree = await code.mergeTree(head, pull.head)
  if (!tree) return over(`the fix conflicts with what is on ${into}`)
  if (mustBe && tree !== mustBe) return over(`merged into ${into} it would not be the tree that was proven`)
  // The gate has said yes, so what was a proposal is none any more.
  if (pull.draft) await review.ready(pull.number)
  ticket.still()
  const answer = await review.merge(pull.number, pull.head, mergeMessage(c, into, ticket))
  switch (answer.state) {
    case 'merged':
    case 'unknown':
      return null
    case 'queued':
      return { is: 'queued', why: `pull request ${pull.number} is in the queue of the code host` }
    case 'blocked':
      return { is: 'blocked', why: answer.why }
    case 'conflicts':
      return over(`the fix conflicts with what is on ${into}`)
    case 'closed':
      return over(`pull request ${pull.number} was closed on the code host, which is a person’s no`)
    case 'moved':
      return pull.branch === c.project.settings.branches.staging
        ? { is: 'again', why: `${pull.branch} moved meanwhile` }
        : over(`${pull.branch} is not at the commit that was proven any more`)
  }
}
