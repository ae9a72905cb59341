import type { Fixture } from '../../lib/domain/fixture.ts'
import type { Finding } from '../../lib/domain/hypothesis.ts'
import type { Spend } from '../../lib/domain/model.ts'
import type { Proposal } from '../../lib/domain/repair.ts'
import type { TestRun } from '../../lib/domain/testRun.ts'
import type { Edit } from '../../lib/domain/tree.ts'
import { patienceAfter } from '../../lib/policy/patience.ts'
import type { Attempted, Change } from './attempt.ts'
import { baselineOf } from './baseline.ts'
import type { Ground, Progress } from './ground.ts'
import { ladder } from './ladder.ts'
import type { Searched } from './recipes.ts'
import { runTests } from './run.ts'
import { NOTHING_SPENT } from './spent.ts'
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
  /** The test a model wrote, which fails as the event did, where that is what a fix is proven on. */
  written: Written | null
  /** Tests a model wrote that show nothing, each with why. */
  untaken: { test: Edit | null; end: string; why: string }[]
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

export interface Written {
  test: Edit
  /** Of the event. Untrusted. */
  type: string
  message: string
  /** How it leads to the error, in the model's words. */
  explanation: string
}

/** It ended before its end: what was found out until then, and `cause`, what ended it. */
export class BrokenOff extends Error {
  readonly so: Repaired
  constructor(so: Repaired, cause: unknown) {
    const why = `It was broken off: ${cause instanceof Error ? cause.message : cause}`
    super(why, { cause })
    this.so = { ...so, why }
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
  const so = outset(UNKNOWN, first.run, stages)
  try {
    const judged = afterFirst(ground, first.run)
    const base = await stages.time('baseline', () => baselineOf(judged, first))
    return Object.assign(so, await ladder(judged, base, so, stages, progress))
  } catch (error) {
    throw new BrokenOff(so, error)
  }
}

/** What is known once the tests have run: nothing is repaired yet. */
export const outset = (finding: Finding, baseline: TestRun, stages: Stages): Repaired => ({
  ...{ outcome: 'not-fixed', finding, fix: null, shown: null, replay: null, written: null, why: finding.why },
  ...{ untaken: [], attempts: [], unasked: [], unmissed: [], review: null, green: [], baseline },
  ...{ search: { proposed: 0, tried: 0, green: 0 }, ...NOTHING_SPENT, stages: stages.ms },
})

/** What a first run teaches about further ones: which files judge, and how long to wait. */
export const afterFirst = (ground: Ground, first: TestRun): Ground => ({
  ...ground,
  judges: [...ground.judges, ...judgesOf(first)],
  command: { ...ground.command, wallMs: patienceAfter(first.ms, ground.command.wallMs) },
})

/** Files of the tests that ran: what judges a change does not move with it, whatever it is called. */
const judgesOf = ({ tests }: TestRun): string[] => [...new Set(tests.flatMap(({ file }) => file ?? []))]

const UNKNOWN: Finding = {
  ...{ cause: 'inconclusive', remedy: 'needs-person', confidence: 0, why: 'Nobody found out why yet.' },
  ...{ where: [], suspect: null, suspectBy: null, hypotheses: [], effort: 'small', author: 'facts' },
}
