import type { SuiteResult } from '../../lib/domain/fix.ts'
import type { SandboxFile } from '../../lib/domain/sandbox.ts'
import { parseTap, type TapTest } from '../../lib/parse/tap.ts'
import { compareSuites } from '../../lib/policy/suite.ts'
import type { Sandbox } from '../../lib/world.ts'
import { baselines } from './baseline.ts'
import type { Checkout, Trees } from './checkout.ts'

const untouched = baselines<SuiteRun[]>()

interface SuiteRun {
  tests: TapTest[]
  ms: number
}

/** The app's own tests: three runs before, three after, and one of A to see the new test fail under the team's runner. */
export async function compareSuite(
  sandbox: Sandbox,
  base: Checkout,
  dependencies: string | null,
  trees: Trees,
  fixtureId: string,
): Promise<SuiteResult> {
  const run = (files: SandboxFile[]) => runSuite(sandbox, base, dependencies, files)
  const before = await untouched.of(base.tree, dependencies, async () => [
    await run(base.files),
    await run(base.files),
    await run(base.files),
  ])
  const red = await run(trees.A)
  const after = [await run(trees.B), await run(trees.B), await run(trees.B)]
  untouched.keep(trees.tree, dependencies, after)
  return compareSuites(before, red, after, fixtureId)
}

async function runSuite(
  sandbox: Sandbox,
  base: Checkout,
  dependencies: string | null,
  files: SandboxFile[],
): Promise<SuiteRun> {
  const { manifest } = base
  const argv = ['sh', '-c', manifest.test.run]
  const run = await sandbox.run({ files, dependencies, argv, env: manifest.env })
  return { tests: parseTap(run.stdout), ms: Math.round(run.ms) }
}
