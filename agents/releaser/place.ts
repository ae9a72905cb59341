import { awaitsItsWayBack, type Refusal } from '../../lib/domain/release.ts'
import { mayBeOvertaken, overtakenBy } from '../../lib/policy/overtaken.ts'
import { approvalsOf } from '../../lib/store/approvals.ts'
import { baseOf } from '../bases.ts'
import { type Context, decisionFor, type Outcome, opensIn, REFUSED_AGAIN_MS, turnBack } from './context.ts'
import { heedIfTold } from './pulls/heed.ts'
import { stillWithheld } from './pulls/look.ts'
import { LOOK_MS } from './pulls/names.ts'
import { tellRefusal } from './tellRelease.ts'

/** Rejected while another release had its place: what is on staging is taken out now that it is its turn. */
export const unlessRejected = (c: Context): Outcome | null =>
  awaitsItsWayBack(c.release, c.fix) ? turnBack(c, 'rejected', c.fix.withdrawnWhy ?? '') : null

/** What was proven is what ships: a release whose base production no longer runs is taken back and proven again. */
export async function unlessOvertaken(c: Context): Promise<Outcome | null> {
  if (!mayBeOvertaken(c.release)) return null
  const serving = await c.world.deploy(c.project).serving('production')
  if (!serving || serving.sha === c.fix.base) return null
  const why = overtakenBy(
    c.release,
    await baseOf(c.world, c.project, c.fix.base),
    await baseOf(c.world, c.project, serving.sha),
  )
  return why ? turnBack(c, 'overtaken', why) : null
}

/** Looked at often, as reviews are, only what holds now is worth asking the gate about again. */
async function isApproved(c: Context, parked: Refusal, often: boolean): Promise<boolean> {
  const approvals = await approvalsOf(c.world.sql, c.fix.id)
  if (!often || !parked.asks) return approvals.length > 0
  const now = c.world.clock.now()
  return approvals.some(
    ({ revokedAt, expiresAt, policyVersion, target }) =>
      revokedAt === null &&
      expiresAt > now &&
      policyVersion === c.project.policyVersion &&
      (parked.target === 'branch' || target === parked.target || target === 'production'),
  )
}

/**
 * One that was told no takes its place again before it goes on; without an approval, while one is asked for, and before
 * its window opens it goes on waiting. Whoever holds the place meanwhile is waited for.
 */
export async function inItsPlace(c: Context): Promise<Outcome | null> {
  const { parked } = c
  if (!parked) return null
  const decision = decisionFor(c, parked.kind, parked.target)
  const review = c.world.review(c.project)
  if (decision.answer === 'ask') {
    const heard = review && (await heedIfTold(c, review, parked.target === 'production' ? 'production' : 'staging'))
    if (!(await isApproved(c, parked, heard !== null))) {
      // Said once; under a new policy once more, since a yes is bound to the one that was shown.
      await tellRefusal(c, { refused: { ...parked, asks: true, why: decision.reasons } })
      const why = [...decision.reasons, ...(heard?.unheeded ?? [])]
      const inMs = heard ? LOOK_MS : REFUSED_AGAIN_MS
      if (heard && parked.asks && why.join() !== parked.why.join())
        return { facts: { ...c.release.facts, refused: { ...parked, why } }, inMs }
      return { wait: inMs, why: 'nobody has approved it' }
    }
  }
  if (await stillWithheld(c, parked)) return { wait: LOOK_MS, why: parked.reason }
  const opens = opensIn(c, decision)
  if (opens > 0) return { wait: opens, why: 'its window is closed' }
  return { facts: c.release.facts }
}
