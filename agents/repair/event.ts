import type { ErrorEvent } from '../../lib/domain/event.ts'
import type { Finding } from '../../lib/domain/hypothesis.ts'
import { NOTHING_USED } from '../../lib/domain/model.ts'
import type { Spot } from '../../lib/domain/repair.ts'
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
import { runTests, tryTests } from './run.ts'
import { Stages } from './stages.ts'

/** Proposals that are run beside the tests; what comes after them is a guess. */
const MOST = 4

/**
 * An error without a test of it: a diagnosis, and where a recipe fits and every test that passes still does, a change that
 * is shown and never called a fix. Nothing reproduced the error, so nothing can prove it gone.
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
  const { proposals, refusals } = await stages.time('search', () => candidatesOf(ground, [target], [], undefined))
  progress('search', `${proposals.length} proposals of recipes`)
  for (const { recipe, edits, summary, assumes } of proposals.slice(0, MOST)) {
    const { cheats, refused } = examine(ground, [target], edits)
    if (cheats || refused) continue
    const { run } = await stages.time('prove', () => tryTests(ground, withEdits(ground.files, edits)))
    if (!run || broken(baseline.run, run).length > 0) continue
    const shown: Change = { author: 'recipe', name: recipe, edits, summary, assumes }
    return {
      ...base,
      shown,
      why: 'Not reproduced: the change fits the error and breaks no test, and nothing shows that it cures it.',
    }
  }
  return { ...base, why: ['No recipe fits.', ...refusals.slice(0, 5)].join('\n') }
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
