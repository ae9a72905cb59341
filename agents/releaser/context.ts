import type { Performed } from '../../lib/actions/perform.ts'
import type { Decision, EffectKind, EffectRequest, EffectTarget } from '../../lib/domain/effect.ts'
import type { Proven } from '../../lib/domain/fix.ts'
import type { Issue } from '../../lib/domain/issue.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Back, Refusal, Release, ReleaseFacts, ReleaseState } from '../../lib/domain/release.ts'
import type { Lease, Next } from '../../lib/domain/work.ts'
import { decide } from '../../lib/policy/decision.ts'
import type { Actor } from '../../lib/world.ts'

/** Everything one step of a release looks at. */
export interface Context {
  world: Actor
  lease: Lease
  project: Project
  issue: Issue
  fix: Proven
  release: Release
  /** What it was told no to, having given up its place at its target. */
  parked: Refusal | null
}

/** A step's outcome: stay with new facts, move on, or wait. */
export type Outcome = { facts: ReleaseFacts; move?: ReleaseState; inMs?: number } | { wait: number; why: string }

/** A person has to look; what has left stays where it is. */
export const hold = (c: Context, why: string, facts: ReleaseFacts = c.release.facts): Outcome => ({
  move: 'held',
  facts: { ...facts, waiting: why },
})

/** Everything that has left comes back. */
export function turnBack(c: Context, kind: Back['kind'], why: string, facts: ReleaseFacts = c.release.facts): Outcome {
  const { state } = c.release
  // Before its merge it has nothing in production to undo, and others may be on their way there.
  const harmless = kind === 'overtaken' || kind === 'rejected'
  const inProduction = state === 'watching' || (state === 'promoting' && (!harmless || facts.mainSha))
  const lane = inProduction ? 'production' : 'staging'
  const turn = (facts.back?.turn ?? 0) + 1
  const back: Back = { kind, why, from: state, lane, at: c.world.clock.now().toISOString(), turn }
  return { move: 'rolling-back', facts: { ...facts, back } }
}

/** Every effect of a release carries the fix's tree, so that an approval for one tree can never serve another. */
export function effect(
  c: Context,
  what: string,
  kind: EffectKind,
  target: EffectTarget,
  aim: string,
  timeoutSeconds: number,
): EffectRequest {
  return {
    key: `${c.fix.id}:${what}`,
    project: c.project.id,
    subject: c.lease.subject,
    kind,
    target,
    aim,
    tree: c.fix.tree,
    fix: c.fix.id,
    decision: decisionFor(c, kind, target),
    timeoutSeconds,
  }
}

export function decisionFor(c: Context, kind: EffectKind, target: EffectTarget): Decision {
  const { proof } = c.fix
  return decide({
    kind,
    target,
    level: c.project.level,
    severity: c.issue.severity,
    users: c.issue.users,
    risk: c.fix.risk,
    tier: proof.tier,
    gate: c.release.facts.gate?.answer ?? 'refused',
    suite: proof.suite.broken.length > 0 ? 'red' : 'green',
    kept: proof.kept.length,
    rollback: { whose: 'ours', clean: { answer: true, why: 'it goes back to what was recorded.' }, optedIn: false },
    policy: c.project.policy,
    policyVersion: c.project.policyVersion,
    now: c.world.clock.now(),
  })
}

/**
 * How soon a refused effect is tried again. Approvals, resuming and a new policy wake the release at once, so this is
 * for what changes by the clock alone: hours, and the day of the cap.
 */
export const REFUSED_AGAIN_MS = 900_000

/** Where a yes may be a review on the code host, whose webhooks do not say whose release they mean. */
const REVIEWED_AGAIN_MS = 30_000
const WANTS_REVIEW = /^(no approval for|the approval is void|the approval has expired|the approval was given under)/

/** What to do when an effect is not confirmed; null when it is. */
export function unless<R>(c: Context, done: Performed<R>, request: EffectRequest): Outcome | null {
  switch (done.state) {
    case 'confirmed':
      return null
    case 'waiting':
      return { wait: done.inMs, why: done.why }
    case 'refused':
      if (done.reason === 'lease lost') return { wait: 0, why: done.reason }
      return {
        facts: { ...c.release.facts, refused: refusalOf(done.reason, request) },
        inMs: againIn(c, request, done.reason),
      }
    case 'failed':
      // A branch that is ahead of what it serves stops everybody, so what cannot be served leaves it again.
      return c.release.facts.mainSha ? turnBack(c, 'failed', `It could not be served: ${done.why}.`) : hold(c, done.why)
  }
}

/** The gate's reason, with the decision's own where it is the decision that does not let it through. */
function refusalOf(reason: string, { decision, kind, target }: EffectRequest): Refusal {
  const asks = decision.answer === 'ask' && reason.includes('approv')
  const own = decision.answer !== 'go' || reason === 'outside its window'
  return { kind, target, reason, why: own ? decision.reasons : [], asks }
}

/** An opening that is known is waited for to the second. */
function againIn(c: Context, { decision }: EffectRequest, reason: string): number {
  const reviewed = WANTS_REVIEW.test(reason) && c.world.review(c.project) !== null
  return opensIn(c, decision) || (reviewed ? REVIEWED_AGAIN_MS : REFUSED_AGAIN_MS)
}

/** How long a decision's window stays closed, at most until it is judged again; 0 when it is open. */
export function opensIn(c: Context, { from }: Decision): number {
  const opens = Date.parse(from) - c.world.clock.now().getTime()
  return opens > 0 ? Math.min(opens + 1000, REFUSED_AGAIN_MS) : 0
}

/** A new order is a new effect: the tries of the last one are used up. */
export const turnOf = (c: Context): string => {
  const turn = c.release.facts.back?.turn ?? 1
  return turn > 1 ? `:${turn}` : ''
}

export const again = (inMs: number): Next => ({ agent: 'releaser', inMs })
