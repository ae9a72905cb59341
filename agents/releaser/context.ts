import type { Performed } from '../../lib/actions/perform.ts'
import type { Decision, EffectClass, EffectKind, EffectRequest, EffectTarget } from '../../lib/domain/effect.ts'
import type { Proven } from '../../lib/domain/fix.ts'
import type { Issue } from '../../lib/domain/issue.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Release, ReleaseFacts, ReleaseState } from '../../lib/domain/release.ts'
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
}

/** A step's outcome: stay with new facts, move on, or wait. */
export type Outcome = { facts: ReleaseFacts; move?: ReleaseState; inMs?: number } | { wait: number; why: string }

export const hold = (c: Context, why: string): Outcome => ({
  move: 'held',
  facts: { ...c.release.facts, waiting: why },
})

/** Every effect of a release carries the fix's tree, so that an approval for one tree can never serve another. */
export function effect(
  c: Context,
  what: string,
  kind: EffectKind,
  target: EffectTarget,
  timeoutSeconds: number,
): EffectRequest {
  return {
    key: `${c.fix.id}:${what}`,
    project: c.project.id,
    subject: c.lease.subject,
    kind,
    class: classOf(kind),
    target,
    tree: c.fix.tree,
    fix: c.fix.id,
    decision: decisionFor(c, kind, target),
    timeoutSeconds,
  }
}

const classOf = (kind: EffectKind): EffectClass =>
  kind === 'tell' ? 'tell' : kind === 'rollback' ? 'restore' : 'change'

function decisionFor(c: Context, kind: EffectKind, target: EffectTarget): Decision {
  const { proof } = c.fix
  return decide({
    kind,
    target,
    level: c.project.level,
    severity: c.issue.severity,
    users: c.issue.users,
    risk: c.fix.risk,
    tier: proof.tier,
    gate: proof.gate,
    suite: proof.suite.broken.length > 0 ? 'red' : 'green',
    kept: proof.kept.length,
    policy: c.project.policy,
    policyVersion: c.project.policyVersion,
    now: c.world.clock.now(),
  })
}

/** How soon a refused effect is tried again: pause, hours and approvals change by a person's hand or by the clock. */
const REFUSED_AGAIN_MS = 300_000

/** What to do when an effect is not confirmed; null when it is. */
export function unless<R>(c: Context, done: Performed<R>): Outcome | null {
  switch (done.state) {
    case 'confirmed':
      return null
    case 'waiting':
      return { wait: done.inMs, why: done.why }
    case 'refused':
      return done.reason === 'lease lost'
        ? { wait: 0, why: done.reason }
        : { facts: { ...c.release.facts, waiting: done.reason }, inMs: REFUSED_AGAIN_MS }
    case 'failed':
      return hold(c, done.why)
  }
}

export const again = (inMs: number): Next => ({ agent: 'releaser', inMs })
