import type { Proposal, Suspect } from '../../lib/domain/repair.ts'
import type { TestCase } from '../../lib/domain/testRun.ts'
import { bestOf, rivalOf } from '../../lib/policy/doubt.ts'
import { type Attempted, attempt } from './attempt.ts'
import type { Baseline } from './baseline.ts'
import { candidatesOf } from './candidates.ts'
import type { Ground, Progress } from './ground.ts'
import { greenIn, screen, type Tried } from './screen.ts'
import type { Spectrum } from './spectrum.ts'

export interface Searched {
  attempts: Attempted[]
  /** Candidates proposed, tried, and green on the failing tests. */
  counts: { proposed: number; tried: number; green: number }
  refusals: string[]
  /** Every candidate that turns the failing tests green and breaks none, the likeliest first. */
  green: Proposal[]
}

/** Green candidates that are run through the whole proof, the likeliest first. */
const PROVEN_AT_MOST = 4

/** The first rung of the ladder: what recipes propose, tried on the failing tests, then proven. */
export async function byRecipes(
  ground: Ground,
  base: Baseline,
  suspects: Suspect[],
  single: Spectrum,
  progress: Progress,
): Promise<Searched> {
  const targets = base.red.targets
  if (ground.searchMs === 0)
    return { attempts: [], counts: { proposed: 0, tried: 0, green: 0 }, refusals: [], green: [] }
  const { proposals, refusals } = await candidatesOf(ground, targets, suspects, single)
  progress('search', `${proposals.length} candidates from recipes on ${suspects.length} suspicious lines`)
  const tried = proposals.length > 0 ? await screen(ground, base.red, proposals, base.failing.ms, ground.searchMs) : []
  const green = bestFirst(tried, targets)
  const counts = { proposed: proposals.length, tried: tried.filter(({ seen }) => seen).length, green: green.length }
  progress('search', `${counts.tried} tried on the failing tests, ${counts.green} green`)
  const rival = rivalOf(green, ground.texts)
  if (rival) {
    const why = `the tests do not tell these two apart: ${[bestOf(green)!, rival].map(({ summary }) => summary).join(' — or: ')}`
    progress('search', why)
    return { attempts: [], counts, refusals: [why, ...refusals], green }
  }
  const attempts: Attempted[] = []
  for (const { recipe, edits, summary, assumes } of green.slice(0, PROVEN_AT_MOST)) {
    progress('prove', `${recipe}: ${summary}`)
    const made = await attempt(ground, base, { author: 'recipe', name: recipe, edits, summary, assumes })
    attempts.push(made)
    if (made.end === 'proven') break
  }
  return { attempts, counts, refusals, green }
}

/** Those that turn every failing test green, or where none does, the most; what is known to break others is left out. */
function bestFirst(tried: Tried[], targets: TestCase[]): Proposal[] {
  const greens = tried.map((one) => greenIn(one, targets))
  const most = Math.max(0, ...greens)
  const best = most === 0 ? [] : tried.filter((_, at) => greens[at] === most)
  return best.filter(({ seen }) => (seen?.broken?.length ?? 0) === 0).map(({ proposal }) => proposal)
}
