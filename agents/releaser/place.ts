import { awaitsItsWayBack } from '../../lib/domain/release.ts'
import { overtakenBy } from '../../lib/policy/overtaken.ts'
import { approvalsOf } from '../../lib/store/approvals.ts'
import { baseOf } from '../bases.ts'
import { type Context, decisionFor, type Outcome, opensIn, REFUSED_AGAIN_MS, turnBack } from './context.ts'
import { tellRefusal } from './tellRelease.ts'

/** Rejected while another release had its place: what is on staging is taken out now that it is its turn. */
export const unlessRejected = (c: Context): Outcome | null =>
  awaitsItsWayBack(c.release, c.fix) ? turnBack(c, 'rejected', c.fix.withdrawnWhy ?? '') : null

/** What was proven is what ships: a release whose base production no longer runs is taken back and proven again. */
export async function unlessOvertaken(c: Context): Promise<Outcome | null> {
  const serving = await c.world.deploy(c.project).serving('production')
  if (!serving || serving.sha === c.fix.base) return null
  const why = overtakenBy(
    c.release,
    await baseOf(c.world, c.project, c.fix.base),
    await baseOf(c.world, c.project, serving.sha),
  )
  return why ? turnBack(c, 'overtaken', why) : null
}

/**
 * One that was told no takes its place again before it goes on; without an approval, while one is asked for, and before
 * its window opens it goes on waiting. Whoever holds the place meanwhile is waited for.
 */
export async function inItsPlace(c: Context): Promise<Outcome | null> {
  const { parked } = c
  if (!parked) return null
  const decision = decisionFor(c, parked.kind, parked.target)
  if (decision.answer === 'ask' && (await approvalsOf(c.world.sql, c.fix.id)).length === 0) {
    // Said once; under a new policy once more, since a yes is bound to the one that was shown.
    await tellRefusal(c, { refused: { ...parked, asks: true, why: decision.reasons } })
    return { wait: REFUSED_AGAIN_MS, why: 'nobody has approved it' }
  }
  const opens = opensIn(c, decision)
  if (opens > 0) return { wait: opens, why: 'its window is closed' }
  return { facts: c.release.facts }
}
