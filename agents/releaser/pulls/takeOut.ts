import { perform } from '../../../lib/actions/perform.ts'
import type { Proposal } from '../../../lib/domain/proposal.ts'
import { revertWords } from '../../../lib/policy/proposal/pull.ts'
import type { EffectRow } from '../../../lib/store/effects.ts'
import type { Review } from '../../../lib/world/review.ts'
import { isRevert, revertMessage, treeWithout } from '../commits.ts'
import { type Context, effect, type Outcome, turnOf, unless } from '../context.ts'
import { outside } from '../outside.ts'
import { issuePage } from '../tell.ts'
import { headToFindBy, LABELS, LOOK_MS, revertBranch, type Target } from './names.ts'

const SECONDS = 40
/** Checks of a revert begin a moment after it, and are waited for; nobody's users are. */
const CHECKS_MS = 600_000
const BEGIN_MS = 120_000

const FACT = { staging: 'stagingSha', production: 'mainSha' } as const

/**
 * Nothing of a release that is taken back may be merged later: an open request of it is closed. One that was merged
 * behind our back is told, so that it is taken out like our own. Null when there is nothing to do.
 */
export async function closePull(c: Context, review: Review, target: Target): Promise<Outcome | null> {
  const { facts } = c.release
  const pull = facts.pulls?.[target]
  if (!pull || facts[FACT[target]]) return null
  const found = await review.find(pull.branch, c.project.settings.branches[target], headToFindBy(c, pull))
  if (found?.state === 'merged' && found.merge && found.head === pull.head)
    return { facts: { ...facts, [FACT[target]]: found.merge } }
  if (found?.state !== 'open') return null
  const request = effect(c, `withdraw:${target}${turnOf(c)}`, 'withdraw', target, String(pull.number), SECONDS)
  const done = await perform(c.world, c.lease, request, {
    async send(ticket) {
      ticket.still()
      await review.close(pull.number)
      return undefined
    },
    ask: () => outside(c, request) as Promise<{ state: string } | null>,
  })
  if (done.state === 'failed') return null
  return done.state === 'confirmed' ? { facts } : unless(c, done, request)
}

/**
 * Takes a merge of ours out of its branch by a pull request. Users are safe by now: what protection says is said on to
 * people and stops nothing.
 */
export async function revertByPull(
  c: Context,
  review: Review,
  target: Target,
  merged: string,
  effects: EffectRow[],
): Promise<string | Outcome> {
  const into = c.project.settings.branches[target]
  const key = `propose-revert:${target}${turnOf(c)}`
  const opened = effects.find((one) => one.state === 'confirmed' && one.key.split('#')[0] === `${c.fix.id}:${key}`)
  if (!opened) return openRevert(c, review, target, merged, key)
  const { number } = opened.receipt as { number: number }
  const which = `Pull request ${number}, which takes it out of ${into},`
  const branch = revertBranch(c, target)
  const found = await review.find(branch, into)
  if (!found) return { wait: LOOK_MS, why: 'the pull request of the revert is not seen yet' }
  if (found.state === 'closed') return `${which} was closed on the code host.`
  const request = effect(c, `revert:${target}${turnOf(c)}`, 'revert', target, merged, SECONDS)
  let said = null as string | null
  const ask = () => outside(c, request) as Promise<{ sha: string } | null>
  const age = c.world.clock.now().getTime() - opened.at.getTime()
  const young = age < CHECKS_MS
  if (found.state === 'open' && young && (await review.checks(found.head)).state === 'pending')
    return { wait: LOOK_MS, why: 'checks of the revert are running' }
  const done = await perform(
    c.world,
    c.lease,
    request,
    {
      async send(ticket) {
        said = null
        if (await ask()) return
        // Whoever may push may push there as well: only our own way back is merged without anybody's yes.
        const code = c.world.code(c.project)
        if (!(await isRevert(code, await code.commit(found.head), merged))) {
          said = 'moved'
          return { refused: said }
        }
        ticket.still()
        const answer = await review.merge(number, found.head, revertMessage(c, merged, ticket))
        if (answer.state !== 'merged' && answer.state !== 'unknown') said = answer.state
        return said ? { refused: said } : undefined
      },
      ask,
    },
    Number.POSITIVE_INFINITY,
  )
  if (done.state === 'confirmed') return `Taken out of ${into} by ${done.receipt.sha.slice(0, 7)}.`
  if (said === null) return unless(c, done, request)!
  return young && said === 'blocked' && (await mayYet(review, found, age))
    ? { wait: LOOK_MS, why: 'the revert is not let through yet' }
    : `${which} ${WAITS[said] ?? 'waits for you'}.`
}

const WAITS: Record<string, string> = {
  blocked: 'waits for the branch’s protection: see to it there',
  queued: 'is in the queue of the code host',
  conflicts: 'conflicts with what others pushed since: see to it there',
  moved: 'was changed by somebody: see to it there',
}

/** Checks that have not begun, or run: protection may be content in a moment. */
async function mayYet(review: Review, { head }: Proposal, age: number): Promise<boolean> {
  const { state } = await review.checks(head)
  return state === 'pending' || (state === 'none' && age < BEGIN_MS)
}

async function openRevert(
  c: Context,
  review: Review,
  target: Target,
  merged: string,
  key: string,
): Promise<string | Outcome> {
  const code = c.world.code(c.project)
  const into = c.project.settings.branches[target]
  const branch = revertBranch(c, target)
  const request = effect(c, key, 'propose-revert', target, merged, SECONDS)
  const done = await perform(c.world, c.lease, request, {
    async send(ticket) {
      const head = await code.head(into)
      const tree = head && (await treeWithout(code, head, merged))
      if (!head || !tree) return { refused: `others changed the same lines on ${into} since` }
      const plan = { parents: [head], tree, message: revertMessage(c, merged, ticket), at: ticket.at }
      const sha = await code.composeCommit(plan)
      ticket.still()
      // A branch that is there was made by another try, on what the target was then.
      await code.push(branch, sha, null)
      const about = { issue: c.issue, fix: c.fix, audit: ticket.audit, merge: merged, into, target }
      const link = issuePage(c.issue.id)
      await review.open({ ...revertWords(about), branch, into, draft: false, labels: [...LABELS, 'revert'], link })
    },
    ask: () => outside(c, request) as Promise<{ number: number } | null>,
  })
  if (done.state === 'failed') return `Take the merge ${merged.slice(0, 7)} out of ${into} yourself: ${done.why}.`
  return done.state === 'confirmed' ? { facts: c.release.facts } : unless(c, done, request)!
}
