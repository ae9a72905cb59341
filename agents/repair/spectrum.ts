import type { Coverage, TestCase, TestTask } from '../../lib/domain/testRun.ts'
import type { Red } from '../../lib/policy/red.ts'
import type { Bench } from '../tools/desk.ts'
import { ask } from './run.ts'

/** What single tests ran, each alone. */
export interface Spectrum {
  failing: Coverage[]
  passing: Coverage[]
}

const FAILING = 4
/** Twenty tell most lines apart; each costs a run. */
const PASSING = 20
const LANES = 2
const BUDGET_MS = 12_000

/**
 * Coverage of some failing and some passing tests, each run alone: what a failing test shares with passing ones is less
 * suspicious than what it alone runs. Those that pass in the same files come first, since they run most of the same lines.
 */
export async function spectrumOf(bench: Bench, red: Red, tests: TestCase[]): Promise<Spectrum> {
  const stable = new Set(red.stable)
  const files = new Set(red.targets.map(({ file }) => file))
  const passing = tests.filter(({ id, file }) => stable.has(id) && file !== null)
  const near = passing.filter(({ file }) => files.has(file))
  const chosen = spread([...near, ...passing.filter((one) => !near.includes(one))].slice(0, PASSING * 4), near.length)
  const failed = red.targets.filter(({ file }) => file !== null).slice(0, FAILING)
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    [...failed, ...chosen].filter((_, at) => at % LANES === lane),
  )
  const seen = await Promise.all(lanes.map((lane) => runAlone(bench, lane)))
  const isFailed = new Set(failed.map(({ id }) => id))
  const of = (want: boolean) =>
    seen.flatMap((lane) => lane.filter(({ id }) => isFailed.has(id) === want).map(({ coverage }) => coverage))
  return { failing: of(true), passing: of(false) }
}

/** Of many in a file, some from everywhere: neighbours test the same. */
function spread(tests: TestCase[], near: number): TestCase[] {
  const pool = tests.slice(0, Math.max(near, PASSING))
  const step = Math.max(1, pool.length / PASSING)
  return Array.from({ length: Math.min(PASSING, pool.length) }, (_, at) => pool[Math.floor(at * step)]!)
}

async function runAlone(bench: Bench, lane: TestCase[]): Promise<{ id: string; coverage: Coverage }[]> {
  if (lane.length === 0) return []
  const tests = lane.map(({ file, titles }) => ({ file, titles }))
  const task: TestTask = { ...bench.command, kind: 'spectrum', only: null, tests, budgetMs: BUDGET_MS }
  const { answer } = await ask(bench, bench.files, task, BUDGET_MS + bench.command.wallMs)
  const runs = answer.kind === 'spectrum' ? answer.runs : []
  return runs.flatMap((coverage, at) => (coverage ? [{ id: lane[at]!.id, coverage }] : []))
}
