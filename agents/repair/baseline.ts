import type { SandboxFile } from '../../lib/domain/sandbox.ts'
import type { TestRun } from '../../lib/domain/testRun.ts'
import { type Red, redOf } from '../../lib/policy/red.ts'
import type { Bench } from '../tools/desk.ts'
import { type Checks, checksOf } from './checks.ts'
import type { Ground } from './ground.ts'
import { type Ran, runTests } from './run.ts'

export interface Baseline {
  /** Three runs of the untouched copy. */
  runs: Ran[]
  red: Red
  /** Lines the failing tests ran; empty where the runtime does not say. */
  failing: TestRun
  /** Attempts of the failing tests alone to reach another host. */
  egress: number
  /** Asked of each change that is proven otherwise. */
  checks: Checks
}

/**
 * What the repository's own tests say of it as it stands: three runs tell what fails from what flickers, and a fourth of
 * the failing tests alone tells what they run. Null where nothing fails in the first run: there is nothing to repair.
 */
export async function baselineOf(
  bench: Pick<Ground, keyof Bench | 'checks' | 'isMeant'>,
  first: Ran,
): Promise<Baseline | null> {
  const seen = first.run.tests.filter(({ state }) => state === 'failed')
  if (seen.length === 0) return null
  const meant = seen.filter(({ id }) => bench.isMeant(id))
  const only = (meant.length > 0 ? meant : seen).map(({ file, titles }) => ({ file, titles }))
  // Two at a time: that is what the machine has cores for.
  const [second, failing] = await Promise.all([
    runTests(bench, bench.files),
    runTests(bench, bench.files, { only, coverage: true }),
  ])
  const runs = [first, second, await runTests(bench, bench.files, { coverage: true })]
  const red = redOf(
    runs.map(({ run }) => run),
    ownModules(bench.files),
    bench.isMeant,
  )
  return { runs, red, failing: failing.run, egress: failing.egress, checks: checksOf(bench) }
}

/** Whether the repository holds a module of that name, in any of the places runtimes look for one. */
function ownModules(files: Pick<SandboxFile, 'path'>[]): (module: string) => boolean {
  const names = new Set<string>()
  for (const { path } of files) {
    for (const part of path.split('/')) names.add(part.replace(/\.[cm]?[jt]sx?$|\.py$/, ''))
  }
  return (module) => names.has(module.split(/[./]/)[0] ?? '')
}
