import type { Proposal } from '../../lib/domain/repair.ts'
import type { TestCase, TestRun } from '../../lib/domain/testRun.ts'
import { endedIn } from '../../lib/policy/green.ts'
import { withEdits } from '../implementer/checkout.ts'
import type { Change } from './attempt.ts'
import { examine } from './examine.ts'
import type { Ground } from './ground.ts'
import { tryTests } from './run.ts'

/** The first that a person may be shown: nothing protected, and no test it breaks. */
export async function harmless(
  ground: Ground,
  target: TestCase,
  before: TestRun,
  proposals: Proposal[],
): Promise<Change | null> {
  for (const { recipe, edits, summary, assumes } of proposals) {
    if (examine(ground, [target], edits).refused) continue
    const { run } = await tryTests(ground, withEdits(ground.files, edits))
    if (run && broken(before, run).length === 0) return { author: 'recipe', name: recipe, edits, summary, assumes }
  }
  return null
}

/** Tests that passed and do not any more. */
function broken(before: TestRun, after: TestRun): string[] {
  const passes = new Set(endedIn(after).passed)
  return endedIn(before).passed.filter((id) => !passes.has(id))
}
