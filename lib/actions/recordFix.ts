import type { Fix } from '../domain/fix.ts'
import { note } from '../store/audit.ts'
import { putBlob } from '../store/blobs.ts'
import { markProven, markRefused, type ProvenFacts, type RefusedFacts } from '../store/fixes.ts'
import type { Reader } from '../world.ts'

/** Keeps the proven bytes by their hash and marks the fix, in one transaction with its audit row. */
export async function provenFix(
  world: Pick<Reader, 'sql'>,
  fix: Fix,
  facts: Omit<ProvenFacts, 'files'>,
  files: { path: string; bytes: Buffer }[],
): Promise<void> {
  await world.sql.begin(async (tx) => {
    const kept = []
    for (const file of files) kept.push({ path: file.path, blob: await putBlob(tx, file.bytes) })
    if (!(await markProven(tx, fix.id, { ...facts, files: kept }))) return
    await note(tx, fix.project, 'implementer', 'fix.proven', {
      fix: fix.id,
      issue: fix.issue,
      attempt: fix.attempt,
      base: fix.base,
      tree: facts.tree,
      tier: facts.proof.tier,
      runs: facts.proof.runs.length,
      lowRisk: facts.risk.low,
    })
  })
}

export async function refusedFix(world: Pick<Reader, 'sql'>, fix: Fix, refusal: RefusedFacts): Promise<void> {
  await world.sql.begin(async (tx) => {
    if (!(await markRefused(tx, fix.id, refusal))) return
    await note(tx, fix.project, 'implementer', 'fix.refused', {
      fix: fix.id,
      issue: fix.issue,
      attempt: fix.attempt,
      why: refusal.why,
    })
  })
}
