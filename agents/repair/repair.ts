import type { Finding } from '../../lib/domain/hypothesis.ts'
import type { Spend } from '../../lib/domain/model.ts'
import type { Proposal } from '../../lib/domain/repair.ts'
import type { TestRun } from '../../lib/domain/testRun.ts'
import { suspectsOf } from '../../lib/policy/suspicion.ts'
import { findingOf, outsideFinding } from '../investigator/facts.ts'
import type { Attempted, Change } from './attempt.ts'
import { baselineOf } from './baseline.ts'
import type { Ground, Progress } from './ground.ts'
import { unmissed } from './hunks.ts'
import { byModel, NO_MODEL } from './model.ts'
import { byRecipes, type Searched } from './recipes.ts'
import { runTests } from './run.ts'
import { spectrumOf } from './spectrum.ts'
import { Stages } from './stages.ts'

export interface Repaired {
  outcome: 'proven' | 'not-fixed' | 'refused' | 'nothing-fails'
  finding: Finding
  /** Proven, or proven and protected. */
  fix: Attempted | null
  /** A change that is shown and not called a fix. */
  shown: Change | null
  attempts: Attempted[]
  /** Hunks no test misses. */
  unmissed: { path: string; line: number }[]
  /** Reviewers' veto, or what they want a person to look at. */
  review: string | null
  search: Searched['counts']
  /** Candidates of the search that turn the failing tests green and break none, the likeliest first. */
  green: Proposal[]
  /** Why there is no fix, in words. */
  why: string | null
  baseline: TestRun
  spend: Spend
  steps: number
  stages: Record<string, number>
}

/**
 * A failing test command in, a proven change or an honest "not fixed" out. Recipes first, then a model where there is
 * one; what is taken is decided by the runs alone.
 */
export async function repairTests(ground: Ground, progress: Progress): Promise<Repaired> {
  const stages = new Stages()
  progress('baseline', `running ${ground.command.command}`)
  const first = await stages.time('baseline', () => runTests(ground, ground.files))
  const failed = first.run.tests.filter(({ state }) => state === 'failed').length
  const passed = first.run.tests.filter(({ state }) => state === 'passed').length
  progress('baseline', `${first.run.runner}: ${passed} passed, ${failed} failed`)
  const judged = { ...ground, judges: judgesOf(first.run) }
  const base = await stages.time('baseline', () => baselineOf(judged, first))
  const none = { ...NO_MODEL, attempts: [], green: [], unmissed: [], fix: null, shown: null, baseline: first.run }
  const counts = { proposed: 0, tried: 0, green: 0 }
  const meant = base?.red.targets.filter(({ id }) => ground.isMeant(id)) ?? []
  if (base && meant.length === 0 && base.red.targets.length > 0)
    return { ...none, outcome: 'not-fixed', finding: NOT_SHOWN, search: counts, why: NOT_SHOWN.why, stages: stages.ms }
  if (!base || base.red.targets.length === 0) {
    const finding = base ? outsideFinding(base.red) : NOTHING_FAILS
    const outcome = base ? 'not-fixed' : 'nothing-fails'
    return { ...none, outcome, finding, search: counts, why: finding.why, stages: stages.ms }
  }
  const { targets } = base.red
  const all = base.runs.at(-1)!.run.coverage
  const single =
    ground.searchMs > 0 ? await stages.time('diagnose', () => spectrumOf(judged, base.red, first.run.tests)) : NONE
  const suspects = suspectsOf({ targets, failing: base.failing.coverage, all, single, texts: ground.texts })
  progress('diagnose', `${targets.length} to repair, ${base.red.stable.length} that must keep passing`)
  const facts = await stages.time('diagnose', () => findingOf(judged, targets, suspects))
  progress('diagnose', facts.why)
  const searched = await stages.time('search', () => byRecipes(judged, base, suspects, single, progress))
  let attempts = searched.attempts
  let asked = { ...NO_MODEL, finding: facts }
  if (ground.model && !attempts.some(isFound)) {
    const undecided = attempts.length === 0 ? searched.green : []
    const by = await byModel(ground.model, judged, base, facts, attempts, undecided, stages, progress)
    attempts = [...attempts, ...by.attempts]
    asked = by
  }
  const fix = attempts.find(({ end }) => end === 'proven') ?? attempts.find(({ end }) => end === 'gate') ?? null
  const must = [...base.red.stable, ...(fix?.proven?.tested.fixed ?? [])]
  const idle = fix ? await stages.time('prove', () => unmissed(judged, fix.change.edits, must)) : []
  return {
    outcome: fix ? (fix.end === 'gate' ? 'refused' : 'proven') : 'not-fixed',
    ...{
      finding: asked.finding,
      fix,
      shown: null,
      attempts,
      unmissed: idle,
      review: asked.review,
      search: searched.counts,
      green: searched.green,
    },
    why: fix?.why ?? (fix ? null : whyNot(attempts, searched, asked.why)),
    ...{ baseline: first.run, spend: asked.spend, steps: asked.steps, stages: stages.ms },
  }
}

/** Nobody searches, so nobody needs to know. */
const NONE = { failing: [], passing: [] }

const isFound = ({ end }: Attempted): boolean => end === 'proven' || end === 'gate'

const NOT_SHOWN: Finding = {
  ...{ cause: 'inconclusive', remedy: 'needs-person', confidence: 0.2 },
  why: 'None of the tests that failed there fails here: other tests do.',
  ...{ where: [], suspect: null, suspectBy: null, hypotheses: [], effort: 'small', author: 'facts' },
}

/** Files of the tests that ran: what judges a change does not move with it, whatever it is called. */
const judgesOf = ({ tests }: TestRun): string[] => [...new Set(tests.flatMap(({ file }) => file ?? []))]

const NOTHING_FAILS: Finding = {
  ...{
    cause: 'no-code-cause',
    remedy: 'ignore',
    confidence: 0.9,
    why: 'Every test passes: there is nothing to repair.',
  },
  ...{ where: [], suspect: null, suspectBy: null, hypotheses: [], effort: 'small', author: 'facts' },
}

function whyNot(attempts: Attempted[], { counts, refusals }: Searched, asked: string | null): string {
  const tried = attempts.map(({ change, why }) => `${change.name}: ${why}`)
  const searched = `${counts.tried} of ${counts.proposed} candidates of recipes were tried, ${counts.green} were green`
  return [searched, ...tried, ...(asked ? [`model: ${asked}`] : []), ...refusals.slice(0, 5)].join('\n')
}
