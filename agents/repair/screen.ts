import type { Proposal } from '../../lib/domain/repair.ts'
import type { Screened, TestCase, TestTask } from '../../lib/domain/testRun.ts'
import { isGreen } from '../../lib/policy/green.ts'
import type { Red } from '../../lib/policy/red.ts'
import type { Bench } from '../tools/desk.ts'
import { ask } from './run.ts'

export interface Tried {
  proposal: Proposal
  /** Null where the time was up before. */
  seen: Screened | null
}

/** Side by side: what the machine has cores for. */
const LANES = 2
/** Side by side as well, so that the likelier of two lanes is not missed. */
const ENOUGH = 3
/** A candidate that loops is given this many times what the failing tests take, and at least so long. */
const PATIENCE = 5
const LEAST_MS = 5_000

/**
 * Tries candidates on the failing tests alone, the likeliest first. What is green here is only a candidate still: the
 * copies are used again and again, and nothing else of the suite has run.
 */
export async function screen(
  bench: Bench,
  { targets, flickering, outside }: Red,
  proposals: Proposal[],
  tookMs: number,
  budgetMs: number,
): Promise<Tried[]> {
  const lanes = Array.from({ length: LANES }, (_, lane) => proposals.filter((_, at) => at % LANES === lane))
  const only = targets.map(({ file, titles }) => ({ file, titles }))
  const known = [...targets, ...outside].map(({ id }) => id).concat(flickering)
  const wallMs = Math.min(bench.command.wallMs, Math.max(LEAST_MS, tookMs * PATIENCE))
  const results = await Promise.all(
    lanes.map(async (lane) => {
      if (lane.length === 0) return []
      const task: TestTask = {
        ...{ ...bench.command, wallMs, kind: 'screen', only, budgetMs, enough: ENOUGH, known },
        candidates: lane.map(({ edits }) => Object.fromEntries(edits.map(({ path, text }) => [path, text]))),
      }
      const { answer } = await ask(bench, bench.files, task, budgetMs)
      const seen = answer.kind === 'screen' ? answer.results : []
      return lane.map((proposal, at): Tried => ({ proposal, seen: seen[at] ?? null }))
    }),
  )
  // Back in the order of their likelihood.
  const seen = new Map(results.flat().map((tried) => [tried.proposal, tried]))
  return proposals.flatMap((proposal) => seen.get(proposal) ?? [])
}

/** How many of the targets a candidate turned green, without one that did not run. */
export const greenIn = ({ seen }: Tried, targets: TestCase[]): number =>
  targets.filter((target) => seen && isGreen(target, seen)).length
