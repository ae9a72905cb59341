import type { ErrorEvent } from '../../lib/domain/event.ts'
import type { Finding } from '../../lib/domain/hypothesis.ts'
import { NOTHING_USED } from '../../lib/domain/model.ts'
import type { Proposal, Spot } from '../../lib/domain/repair.ts'
import type { TestCase, TestRun } from '../../lib/domain/testRun.ts'
import { isNetwork } from '../../lib/parse/network.ts'
import { endedIn } from '../../lib/policy/green.ts'
import { withEdits } from '../implementer/checkout.ts'
import { findingOf } from '../investigator/facts.ts'
import type { Change } from './attempt.ts'
import { candidatesOf } from './candidates.ts'
import { examine } from './examine.ts'
import type { Ground, Progress } from './ground.ts'
import type { Repaired } from './repair.ts'
import { proveReplayed, reproduced } from './replay.ts'
import { runTests, tryTests } from './run.ts'
import { Stages } from './stages.ts'

/** Proposals that are run beside the tests; what comes after them is a guess. */
const MOST = 4

/**
 * An error without a test of it. Where the repository says how its app is started and the event holds its request, that is
 * sent again here, and a recipe's change is proven as Nightshift proves its own. Else a change that fits is shown where every
 * test that passes still does, and never called a fix: nothing reproduced the error, so nothing can prove it gone.
 */
export async function repairEvent(ground: Ground, event: ErrorEvent, progress: Progress): Promise<Repaired> {
  const stages = new Stages()
  const target = targetOf(ground, event)
  const baseline = await stages.time('baseline', () => runTests(ground, ground.files))
  const finding = await stages.time('diagnose', () => whyOf(ground, event, target))
  progress('diagnose', finding.why)
  const base: Repaired = {
    ...{
      outcome: 'not-fixed',
      finding,
      fix: null,
      shown: null,
      replay: null,
      attempts: [],
      unasked: [],
      unmissed: [],
      review: null,
      why: finding.why,
    },
    ...{
      search: { proposed: 0, tried: 0, green: 0 },
      green: [],
      baseline: baseline.run,
      spend: NO_SPEND,
      steps: 0,
      stages: stages.ms,
    },
  }
  if (finding.cause !== 'code') return base
  const reproduction = await stages.time('reproduce', () => reproduced(ground, event))
  const { proposals, refusals } = await stages.time('search', () => candidatesOf(ground, [target], [], undefined))
  progress('search', `${proposals.length} proposals of recipes`)
  const sound = proposals.slice(0, MOST).filter(({ edits }) => !examine(ground, [target], edits).cheats)
  if (typeof reproduction === 'string') {
    const because = `not reproduced, since ${reproduction}`
    progress('diagnose', because)
    const shown = await stages.time('prove', () => harmless(ground, target, baseline.run, sound))
    const why = shown
      ? `It fits the error and breaks no test, but nothing shows that it cures it: ${because}.`
      : [`No recipe fits, and it was ${because}.`, ...refusals.slice(0, 5)].join('\n')
    return { ...base, shown, why }
  }
  const { method, path } = reproduction.request
  progress('diagnose', `${method} ${path} fails here as it did there`)
  for (const proposal of sound) {
    const { attempted, replay } = await stages.time('prove', () => proveReplayed(ground, reproduction, event, proposal))
    progress('prove', `${proposal.summary} ${attempted.why ?? 'Proven.'}`)
    base.attempts.push(attempted)
    if (attempted.end === 'proven') return { ...base, outcome: 'proven', fix: attempted, replay, why: null }
    if (attempted.end === 'gate') return { ...base, outcome: 'refused', fix: attempted, why: attempted.why }
  }
  const tried = base.attempts.flatMap(({ why }) => why ?? [])
  return { ...base, why: ['No recipe cures it.', ...[...tried, ...refusals].slice(0, 5)].join('\n') }
}

/** The first that a person may be shown: nothing protected, and no test it breaks. */
async function harmless(
  ground: Ground,
  target: TestCase,
  before: TestRun,
  proposals: Proposal[],
): Promise<Change | null> {
  for (const { recipe, edits, summary, assumes } of proposals) {
    if (examine(ground, [target], edits).refused) continue
    const { run } = await tryTests(ground, withEdits(ground.files, edits))
    if (run && broken(before, run).length === 0) return { author: 'recipe', name: recipe, edits, summary, assumes }
  }
  return null
}

const NO_SPEND = { usd: 0, usage: NOTHING_USED, calls: 0 }

/** The error in the shape a failing test has, with the places that lie in this copy. */
function targetOf({ texts }: Ground, { id, failure }: ErrorEvent): TestCase {
  const frames = failure.frames.flatMap(({ path, line, column, function: name }): Spot[] =>
    path !== null && line !== null && path in texts ? [{ path, line, column, function: name }] : [],
  )
  return {
    ...{ id: `event ${id}`, file: null, titles: [], state: 'failed', ms: null },
    failure: { type: failure.type, message: failure.message, expected: null, actual: null, frames },
  }
}

async function whyOf(ground: Ground, { failure }: ErrorEvent, target: TestCase): Promise<Finding> {
  const facts = await findingOf({ ...ground, goodBase: null }, [target], [])
  const first = facts.where[0]
  const what = `${failure.type}: ${failure.message.split('\n', 1)[0]?.slice(0, 200)}`
  if (isNetwork(failure.causes))
    return {
      ...facts,
      cause: 'no-code-cause',
      remedy: 'needs-person',
      why: `${what}: another host did not answer; no change of this code would help.`,
    }
  return {
    ...facts,
    why: first ? `${what}, at ${first.path}:${first.line}.` : `${what}: no place of its stack lies in this repository.`,
  }
}

/** Tests that passed and do not any more. */
function broken(before: TestRun, after: TestRun): string[] {
  const passes = new Set(endedIn(after).passed)
  return endedIn(before).passed.filter((id) => !passes.has(id))
}
