import type { Fixture } from '../../lib/domain/fixture.ts'
import type { Finding } from '../../lib/domain/hypothesis.ts'
import type { Spend } from '../../lib/domain/model.ts'
import type { Proposal } from '../../lib/domain/repair.ts'
import type { TestRun } from '../../lib/domain/testRun.ts'
import { patienceAfter } from '../../lib/policy/patience.ts'
import { suspectsOf } from '../../lib/policy/suspicion.ts'
import { findingOf, outsideFinding } from '../investigator/facts.ts'
import type { Attempted, Change } from './attempt.ts'
import { baselineOf } from './baseline.ts'
import type { Ground, Progress } from './ground.ts'
import { unmissed } from './hunks.ts'
import { byModel, NO_MODEL } from './model.ts'
import { byRecipes, type Searched } from './recipes.ts'
import { type Ran, runTests } from './run.ts'
import { spectrumOf } from './spectrum.ts'
import { Stages } from './stages.ts'

export interface Repaired {
  outcome: 'proven' | 'not-fixed' | 'refused' | 'nothing-fails'
  finding: Finding
  /** Proven, or proven and protected. */
  fix: Attempted | null
  /** A change that is shown and not called a fix. */
  shown: Change | null
  /** The request that was sent again and the error it made, where that is what the fix is proven on. */
  replay: { fixture: Fixture; type: string; message: string } | null
  attempts: Attempted[]
  /** Tests that failed too, and were not what was asked about. */
  unasked: string[]
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

/** It ended before its end: what was found out until then, and `cause`, what ended it. */
export class BrokenOff extends Error {
  readonly so: Repaired
  constructor(so: Repaired, cause: unknown) {
    super(so.why ?? '', { cause })
    this.so = so
  }
}

/**
 * A failing test command in, a proven change or an honest "not fixed" out. Recipes first, then a model where there is
 * one; what is taken is decided by the runs alone. Throws `BrokenOff` once the tests were run.
 */
export async function repairTests(ground: Ground, progress: Progress): Promise<Repaired> {
  const stages = new Stages()
  progress('baseline', `running ${ground.command.command}`)
  const first = await stages.time('baseline', () => runTests(ground, ground.files))
  const failed = first.run.tests.filter(({ state }) => state === 'failed').length
  const passed = first.run.tests.filter(({ state }) => state === 'passed').length
  progress('baseline', `${first.run.runner}: ${passed} passed, ${failed} failed`)
  const so: Repaired = {
    ...{
      outcome: 'not-fixed',
      finding: UNKNOWN,
      fix: null,
      shown: null,
      replay: null,
      attempts: [],
      unasked: [],
      unmissed: [],
    },
    ...{ review: null, search: { proposed: 0, tried: 0, green: 0 }, green: [], why: UNKNOWN.why },
    ...{ baseline: first.run, spend: NO_MODEL.spend, steps: 0, stages: stages.ms },
  }
  try {
    const wallMs = patienceAfter(first.run.ms, ground.command.wallMs)
    const judged = { ...ground, judges: judgesOf(first.run), command: { ...ground.command, wallMs } }
    return Object.assign(so, await ladder(judged, first, so, stages, progress))
  } catch (error) {
    throw new BrokenOff({ ...so, why: `It was broken off: ${error instanceof Error ? error.message : error}` }, error)
  }
}

/** The rungs, one after the other; what each finds out is put into `so` as soon as it is known. */
async function ladder(
  judged: Ground,
  first: Ran,
  so: Repaired,
  stages: Stages,
  progress: Progress,
): Promise<Pick<Repaired, 'outcome' | 'why'>> {
  const base = await stages.time('baseline', () => baselineOf(judged, first))
  if (!base || base.red.targets.length === 0) {
    so.finding = !base ? NOTHING_FAILS : base.red.unasked.length > 0 ? NOT_SHOWN : outsideFinding(base.red)
    return { outcome: base ? 'not-fixed' : 'nothing-fails', why: so.finding.why }
  }
  const { targets, unasked } = base.red
  so.unasked = unasked
  const all = base.runs.at(-1)!.run.coverage
  const single =
    judged.searchMs > 0 ? await stages.time('diagnose', () => spectrumOf(judged, base.red, first.run.tests)) : NONE
  const suspects = suspectsOf({ targets, failing: base.failing.coverage, all, single, texts: judged.texts })
  progress('diagnose', `${targets.length} to repair, ${base.red.stable.length} that must keep passing`)
  const facts = await stages.time('diagnose', () => findingOf(judged, targets, suspects))
  so.finding = facts
  progress('diagnose', facts.why)
  const searched = await stages.time('search', () => byRecipes(judged, base, suspects, single, progress))
  Object.assign(so, { attempts: searched.attempts, search: searched.counts, green: searched.green })
  let asked: string | null = null
  if (judged.model && !so.attempts.some(isFound)) {
    const undecided = so.attempts.length === 0 ? searched.green : []
    const by = await byModel(judged.model, judged, base, facts, so.attempts, undecided, stages, progress)
    const { finding, spend, steps, review } = by
    Object.assign(so, { finding, spend, steps, review, attempts: [...so.attempts, ...by.attempts] })
    asked = by.why
  }
  const fix = so.attempts.find(({ end }) => end === 'proven') ?? so.attempts.find(({ end }) => end === 'gate') ?? null
  if (!fix) return { outcome: 'not-fixed', why: whyNot(so.attempts, searched, asked) }
  so.fix = fix
  const must = [...base.red.stable, ...(fix.proven?.tested.fixed ?? [])]
  so.unmissed = await stages.time('prove', () => unmissed(judged, fix.change.edits, must))
  return { outcome: fix.end === 'gate' ? 'refused' : 'proven', why: fix.why }
}

/** Nobody searches, so nobody needs to know. */
const NONE = { failing: [], passing: [] }

const isFound = ({ end }: Attempted): boolean => end === 'proven' || end === 'gate'

const UNKNOWN: Finding = {
  ...{ cause: 'inconclusive', remedy: 'needs-person', confidence: 0, why: 'Nobody found out why yet.' },
  ...{ where: [], suspect: null, suspectBy: null, hypotheses: [], effort: 'small', author: 'facts' },
}

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
