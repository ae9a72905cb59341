import { perform } from '../../../lib/actions/perform.ts'
import type { ProposalPlan } from '../../../lib/domain/proposal.ts'
import type { Pull } from '../../../lib/domain/release.ts'
import { pullWords } from '../../../lib/policy/proposal/pull.ts'
import { newestDiagnosis } from '../../../lib/store/diagnoses.ts'
import type { Review } from '../../../lib/world/review.ts'
import { factsOf } from '../commits.ts'
import { type Context, effect, type Outcome, unless } from '../context.ts'
import { outside } from '../outside.ts'
import { issuePage } from '../tell.ts'
import { aimOf, type From, LABELS, type Target } from './names.ts'

/** Half to get ready, half for the code host's own 20 s. */
const SECONDS = 40

/** Opens the pull request by which something is to go into a configured branch: once, whatever becomes of the answer. */
export async function propose(c: Context, review: Review, target: Target, from: From): Promise<Outcome> {
  const { staging, [target]: into } = c.project.settings.branches
  const code = c.world.code(c.project)
  const again = from.branch === staging
  const key = again ? `propose:${target}:${staging}` : `propose:${target}`
  const request = effect(c, key, 'propose', 'branch', aimOf(from, into), SECONDS)
  const ask = () => outside(c, request) as Promise<Omit<Pull, 'at' | 'head'> | null>
  const done = await perform(c.world, c.lease, request, {
    async send(ticket) {
      const head = await code.head(into)
      if (!head) return { refused: `there is no branch ${into}` }
      if (await code.isAncestor(from.head, head))
        return (await ask()) ? undefined : { refused: `${into} has it already, by no request of ours` }
      // A host may delete a branch once it is merged somewhere.
      if (!again && (await code.head(from.branch)) === null) await code.push(from.branch, from.head, null)
      const plan = await planOf(c, { target, from, into, audit: ticket.audit })
      ticket.still()
      await review.open(plan)
    },
    ask,
  })
  if (done.state !== 'confirmed') return unless(c, done, request)!
  const { facts } = c.release
  const pull: Pull = { ...done.receipt, ...from, at: c.world.clock.now().toISOString() }
  return { facts: { ...facts, pulls: { ...facts.pulls, [target]: pull } } }
}

interface Planned {
  target: Target
  from: From
  into: string
  audit: { seq: number; hash: string }
}

async function planOf(c: Context, { target, from, into, audit }: Planned): Promise<ProposalPlan> {
  const { fix, issue, project } = c
  const found = await newestDiagnosis(c.world.sql, issue.id)
  const diagnosis = found && { cause: found.cause, remedy: found.remedy, confidence: found.confidence }
  const about = { attempt: fix.attempt, diagnosis, proof: fix.proof, risk: fix.risk, into, target }
  return {
    ...pullWords({ ...factsOf(c, { audit }), ...about }),
    ...{ branch: from.branch, head: from.head, into, marker: `fix:${fix.id}:${target}` },
    // At level 1 it is a proposal, which nobody is to merge by accident.
    ...{ draft: project.level === 1, labels: [...LABELS, issue.severity.toLowerCase()], link: issuePage(issue.id) },
  }
}
