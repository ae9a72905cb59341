import type { SandboxFile } from '../../lib/domain/sandbox.ts'
import { parseTsc } from '../../lib/parse/tsc.ts'
import type { Sandbox } from '../../lib/world.ts'
import { baselines } from './baseline.ts'
import type { Checkout, Trees } from './checkout.ts'

const untouched = baselines<number>()

/** Type errors before and after; null where the project declares no check. */
export async function compareTypes(
  sandbox: Sandbox,
  base: Checkout,
  dependencies: string | null,
  { B, tree }: Trees,
): Promise<{ before: number; after: number } | null> {
  const command = base.manifest.check.types
  if (!command) return null
  const errors = async (files: SandboxFile[]) => {
    const argv = ['sh', '-c', `PATH="$PWD/node_modules/.bin:$PATH"; ${command}`]
    const run = await sandbox.run({ files, dependencies, argv })
    // A checker that fails without naming an error counts as one, so that silence is not taken for health.
    return parseTsc(run.stdout).length || (run.exit === 0 ? 0 : 1)
  }
  const before = await untouched.of(base.tree, dependencies, () => errors(base.files))
  const after = await errors(B)
  untouched.keep(tree, dependencies, after)
  return { before, after }
}
