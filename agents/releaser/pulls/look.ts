import { createHash } from 'node:crypto'
import type { Checks, Proposal } from '../../../lib/domain/proposal.ts'
import type { Pull, Refusal } from '../../../lib/domain/release.ts'
import type { Review } from '../../../lib/world/review.ts'
import { type Context, hold, type Outcome, REFUSED_AGAIN_MS } from '../context.ts'
import { type Heard, heed } from './heed.ts'
import { headToFindBy, LOOK_MS, type Target } from './names.ts'

/** Everything about a pull request that others may change, as it stands now. */
export interface Look {
  state: Proposal['state'] | 'gone'
  draft: boolean
  queued: boolean
  heard: Heard
  /** Who wants something changed, of this fix anywhere. */
  objected: string[]
  checks: Checks
  /** Of all of it, and of where it goes: the same as long as nothing changed. */
  seen: string
}

export async function lookAt(c: Context, review: Review, target: Target, pull: Pull): Promise<Look> {
  const into = c.project.settings.branches[target]
  const found = await review.find(pull.branch, into, headToFindBy(c, pull))
  const heard = await heed(c, review, target)
  const before = target === 'production' ? c.release.facts.pulls?.staging : undefined
  // What was asked for on the way to staging is asked for still.
  const objected = new Set(heard.objected)
  if (before && before.number !== pull.number)
    for (const one of (await review.opinions(before.number)).objected) objected.add(one)
  const look = {
    ...{
      state: found?.state ?? ('gone' as const),
      draft: found?.draft ?? false,
      heard,
      objected: [...objected].sort(),
    },
    queued: found?.state === 'open' && (await review.isQueued(pull.number)),
    checks: await review.checks(pull.head),
  }
  const stands = JSON.stringify([look, found?.head, await c.world.code(c.project).head(into)])
  return { ...look, seen: createHash('sha256').update(stands).digest('hex').slice(0, 16) }
}

/** Checks that are awaited for longer than this keep nobody else waiting. */
const CHECKS_MS = 3_600_000

/** Why it cannot be merged now, in words; null when it can be tried. Nothing of it is gone around. */
export function withheldBy(c: Context, target: Target, pull: Pull, look: Look): Outcome | null {
  const { facts } = c.release
  const now = c.world.clock.now().getTime()
  const no = (reason: string, ...why: string[]) => withhold(c, { target, reason, why, seen: look.seen })
  const which = `pull request ${pull.number}`
  if (look.state === 'merged') return null
  if (look.state === 'gone') return waits(c, `${which} is not to be found on the code host`)
  if (look.state === 'closed') return hold(c, `${which} was closed on the code host, which is a person’s no`)
  if (look.objected.length > 0)
    return no('held: changes requested', `Changes were asked for by ${named(look.objected)}.`)
  if (look.draft && !pull.draft) return no('held: a draft', `Somebody made ${which} a draft.`)
  if (look.queued) return waits(c, `${which} is merged by the code host, once its queue or its rules let it`)
  const { state, names } = look.checks
  if (state === 'failed') return no('held: checks failed', `The repository’s own checks failed: ${named(names)}.`)
  if (state === 'pending') {
    const since = Date.parse(pull.at)
    if (now - since < CHECKS_MS) return waits(c, `its checks are running: ${named(names)}`)
    return no('held: checks pending', `The repository’s own checks do not end: ${named(names)}.`)
  }
  const last = facts.withheld
  const same = last?.target === target && last.seen === look.seen && now - Date.parse(last.at) < REFUSED_AGAIN_MS
  return same ? no(last.reason, ...last.why) : null
}

/** It gives its place up, and looks again soon; asks again once something changed, and every quarter of an hour. */
export function withhold(
  c: Context,
  { target, reason, why, seen }: { target: Target; reason: string; why: string[]; seen: string },
): Outcome {
  const { facts } = c.release
  const last = facts.withheld
  const now = c.world.clock.now()
  const known = last?.target === target && last.seen === seen && now.getTime() - Date.parse(last.at) < REFUSED_AGAIN_MS
  const withheld = { target, seen, at: known ? last.at : now.toISOString(), reason, why }
  const refused: Refusal = { kind: 'merge', target, reason, why, asks: false }
  return { facts: { ...facts, withheld, refused }, inMs: LOOK_MS }
}

/** It keeps its place meanwhile: it is under way. */
export const waits = (c: Context, waiting: string, withheld = c.release.facts.withheld): Outcome => ({
  facts: { ...c.release.facts, waiting, ...(withheld && { withheld }) },
  inMs: LOOK_MS,
})

/** Whether what it was told no for still stands as it was. */
export async function stillWithheld(c: Context, parked: Refusal): Promise<boolean> {
  const review = c.world.review(c.project)
  const target = parked.target === 'production' ? 'production' : 'staging'
  const pull = c.release.facts.pulls?.[target]
  const last = c.release.facts.withheld
  if (!review || !pull || !last || !parked.reason.startsWith('held: ')) return false
  if (c.world.clock.now().getTime() - Date.parse(last.at) >= REFUSED_AGAIN_MS) return false
  return (await lookAt(c, review, target, pull)).seen === last.seen
}

/** Names from the code host, of which only harmless ones are repeated. */
function named(names: string[]): string {
  const plain = names.slice(0, 5).map((name) => (/^[\w .:/()+-]{1,60}$/.test(name) ? name : 'one with another name'))
  return [...new Set(plain)].join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
}
