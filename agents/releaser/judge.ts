import { fixturePathOf } from '../../lib/domain/fix.ts'
import type { ReleaseFacts } from '../../lib/domain/release.ts'
import { treeGate } from '../../lib/policy/treeGate.ts'
import { manifestAt } from '../manifest.ts'
import type { Context, Outcome } from './context.ts'
import { provenEdits } from './push.ts'

type Gate = NonNullable<ReleaseFacts['gate']>

/** A verdict on a tree holds under the policy it was made under: a new version asks the tree gate again. */
export const judged = (c: Context): boolean => c.release.facts.gate?.policyVersion === c.project.policyVersion

/** The tree gate on what git makes of the proven bytes, under the policy of now. */
export async function judge(c: Context): Promise<Outcome> {
  return { facts: { ...c.release.facts, gate: await verdictOf(c) } }
}

async function verdictOf(c: Context): Promise<Gate> {
  const { policyVersion, policy } = c.project
  const code = c.world.code(c.project)
  const proven = await provenEdits(c)
  if ('missing' in proven) return { policyVersion, answer: 'refused', why: [proven.missing] }
  const tree = await code.composeTree(c.fix.base, proven.edits)
  if (tree !== c.fix.tree) {
    return { policyVersion, answer: 'refused', why: ['the tree git made is not the tree that was proven'] }
  }
  const [base, head] = [await code.files(c.fix.base), await code.filesOfTree(tree)]
  const manifest = await manifestAt(code, c.fix.base)
  const blobs = new Map<string, Uint8Array>()
  for (const { path } of proven.edits) {
    for (const side of [base, head]) {
      const entry = side.find((one) => one.path === path)
      if (entry) blobs.set(entry.oid, await code.blob(entry.oid))
    }
  }
  const fixtureAllowed = fixturePathOf(manifest?.replay.fixtures ?? 'tests/nightshift', c.fix.id)
  const { answer, findings } = treeGate(base, head, { blobs, manifest, protect: policy.protect, fixtureAllowed })
  return { policyVersion, answer, why: findings.slice(0, 5).map(({ path, why }) => `${path}: ${why}`) }
}
