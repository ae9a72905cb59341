import type { Proposal } from '../../lib/domain/repair.ts'
import type { Screened, TestCase, TestTask } from '../../lib/domain/testRun.ts'
import { bestOf, isDoubt } from '../../lib/policy/doubt.ts'
import { isGreen } from '../../lib/policy/green.ts'
import type { Red } from '../../lib/policy/red.ts'
import type { Bench } from '../tools/desk.ts'
import { ask } from './run.ts'
import { objectionsTo } from './typed.ts'

export interface Tried {
  proposal: Proposal
  /** Null: not tried, since the time was up or it is too unlikely to matter after what was found; or it ended the sandbox. */
  seen: Screened | null
}

/** Side by side: what the machine has cores for. */
const LANES = 2
/** So many, and so long, before a lane looks at what the other one found: a sandbox takes a fifth of a second. */
const BATCH = 24
const BATCH_MS = 10_000
/** A whole run of the last of a batch may take this long. */
const WHOLE_MS = 60_000
/** A candidate that loops is given this many times what the failing tests take, and at least so long. */
const PATIENCE = 5
const LEAST_MS = 5_000

/**
 * Tries candidates on the failing tests, and where those pass on everything, the likeliest first, until what is left could
 * not put in doubt what was found. What is green here is only a candidate still: copies are used again and again.
 */
export async function screen(
  bench: Bench,
  { targets, flickering, outside, unasked }: Red,
  proposals: Proposal[],
  tookMs: number,
  budgetMs: number,
  batchOf = BATCH,
): Promise<Tried[]> {
  const until = performance.now() + budgetMs
  const seen = new Map<Proposal, Screened>()
  let queue = [...proposals]
  const found = () => bestOf(proposals.filter((one) => isRight(seen.get(one), targets)))
  const task = {
    ...{ ...bench.command, kind: 'screen' as const, only: targets.map(({ file, titles }) => ({ file, titles })) },
    wallMs: Math.min(bench.command.wallMs, Math.max(LEAST_MS, tookMs * PATIENCE)),
    known: [...targets, ...outside].map(({ id }) => id).concat(flickering, unasked),
  }
  const lane = async () => {
    for (;;) {
      const best = found()
      if (best) queue = queue.filter((one) => isDoubt(best, one))
      const left = until - performance.now()
      const batch = queue.splice(0, batchOf)
      if (batch.length === 0 || left <= 0) return
      const ran = await screened(bench, task, batch, until)
      const done = batch.slice(0, ran.length)
      queue.unshift(...batch.slice(ran.length))
      for (const [at, result] of (await compiled(bench, done, ran, targets)).entries())
        if (result) seen.set(done[at]!, result)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return proposals.map((proposal) => ({ proposal, seen: seen.get(proposal) ?? null }))
}

/**
 * Of the first so many there was time for, the first always. One that ends the sandbox (null) takes the answers of its
 * batch along, so a batch that does not answer is tried again in halves.
 */
async function screened(
  bench: Bench,
  task: Omit<Extract<TestTask, { kind: 'screen' }>, 'candidates' | 'budgetMs'>,
  batch: Proposal[],
  until: number,
): Promise<(Screened | null)[]> {
  const budgetMs = Math.min(Math.max(until - performance.now(), 0), BATCH_MS)
  const candidates = batch.map(({ edits }) => Object.fromEntries(edits.map(({ path, text }) => [path, text])))
  const wallMs = budgetMs + task.wallMs + WHOLE_MS
  const { answer } = await ask(bench, bench.files, { ...task, budgetMs, candidates }, wallMs)
  if (answer.kind === 'screen' && answer.results.length > 0) return answer.results
  if (batch.length === 1) return [null]
  const half = Math.ceil(batch.length / 2)
  const first = await screened(bench, task, batch.slice(0, half), until)
  if (first.length < half || performance.now() >= until) return first
  return [...first, ...(await screened(bench, task, batch.slice(half), until))]
}

/** A candidate that passes everything and that the compiler objects to breaks the types. */
async function compiled(
  bench: Bench,
  batch: Proposal[],
  results: (Screened | null)[],
  targets: TestCase[],
): Promise<(Screened | null)[]> {
  const right = results.flatMap((result, at) => (isRight(result, targets) ? [{ result, proposal: batch[at]! }] : []))
  const said = await objectionsTo(
    bench,
    right.map(({ proposal }) => proposal),
  )
  const objections = new Map(right.map(({ result }, at) => [result, said[at]]))
  return results.map((result) => {
    const objection = result && objections.get(result)
    return objection ? { ...result, broken: [objection] } : result
  })
}

const isRight = (seen: Screened | null | undefined, targets: TestCase[]): seen is Screened =>
  !!seen && seen.broken?.length === 0 && targets.every((target) => isGreen(target, seen))

/** How many of the targets a candidate turned green, without one that did not run. */
export const greenIn = ({ seen }: Tried, targets: TestCase[]): number =>
  targets.filter((target) => seen && isGreen(target, seen)).length
