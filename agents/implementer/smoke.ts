import type { FixtureRequest } from '../../lib/domain/fixture.ts'
import type { Answer } from '../../lib/domain/replay.ts'
import { smokeRequestsOf } from '../../lib/policy/replayRequest.ts'
import type { Sandbox } from '../../lib/world.ts'
import { baselines } from './baseline.ts'
import type { Checkout } from './checkout.ts'
import { appOf, runHarness } from './harness.ts'

/** Of each run, its answers in the order of the smoke set. */
export type SmokeRuns = Answer[][]

const RUNS = 3
export const untouched = baselines<SmokeRuns>()

export const smokeSetOf = (base: Checkout): FixtureRequest[] =>
  smokeRequestsOf(base.manifest).map((entry) => entry.request)

/** What the base answers to the smoke set, three times, each in a fresh sandbox. */
export function smokeBefore(sandbox: Sandbox, base: Checkout, dependencies: string | null): Promise<SmokeRuns> {
  return untouched.of(base.tree, dependencies, async () => {
    const runs: SmokeRuns = []
    const tracked = base.files.map((file) => file.path)
    const task = { kind: 'replay' as const, app: appOf(base.manifest), requests: [], smoke: smokeSetOf(base), tracked }
    while (task.smoke.length > 0 && runs.length < RUNS) {
      const { result } = await runHarness(sandbox, base.files, dependencies, task)
      if (result.kind === 'failed') throw new Error(`the untouched app did not ${result.stage}: ${result.why}`)
      runs.push(result.smoke)
    }
    return runs
  })
}

/**
 * Smoke requests whose answer is the same in every run before and differs in one after. Answers that already differ before
 * (clocks, random ids) say nothing and are left out.
 */
export function smokeChanges(smoke: FixtureRequest[], before: SmokeRuns, after: SmokeRuns): string[] {
  return smoke.flatMap((request, i) => {
    const texts = (runs: SmokeRuns) => new Set(runs.map((run) => `${run[i]?.status} ${run[i]?.body}`))
    const [was, is] = [texts(before), texts(after)]
    const same = was.size > 1 || (is.size === 1 && [...is][0] === [...was][0])
    return same ? [] : [`${request.method} ${request.path}`]
  })
}
