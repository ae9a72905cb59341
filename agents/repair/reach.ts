import type { SandboxFile } from '../../lib/domain/sandbox.ts'
import type { Edit } from '../../lib/domain/tree.ts'
import { reaches } from '../../lib/policy/reached.ts'
import type { Red } from '../../lib/policy/red.ts'
import type { Bench } from '../tools/desk.ts'
import { tryTests } from './run.ts'

/** Beyond these a suite has more wrong with it than one fault, and each is taken to run the changed lines. */
const MOST = 20

/**
 * Which tests that stay red go through what the patch changed: each is run alone, with its coverage. One that ends the
 * sandbox is taken to, since nothing shows that it does not.
 */
export async function reachedBy(
  bench: Bench,
  patched: SandboxFile[],
  edits: Edit[],
  red: Red,
  left: string[],
): Promise<string[]> {
  const after = Object.fromEntries(edits.map(({ path, text }) => [path, text]))
  const targets = red.targets.filter(({ id }) => left.includes(id))
  const reached = targets.slice(MOST).map(({ id }) => id)
  for (const { id, file, titles } of targets.slice(0, MOST)) {
    const { run } = await tryTests(bench, patched, { only: [{ file, titles }], coverage: true })
    if (!run || reaches(run.coverage, bench.texts, after)) reached.push(id)
  }
  return reached
}
