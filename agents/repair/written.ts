import type { CapturedRequest } from '../../lib/domain/event.ts'
import { heldValues } from '../../lib/policy/heldValues.ts'
import { gateOf, gateSentence } from '../implementer/gate.ts'
import type { Attempted } from './attempt.ts'
import type { Baseline } from './baseline.ts'
import { ELSEWHERE } from './examine.ts'
import type { Ground, Progress } from './ground.ts'
import { ladder } from './ladder.ts'
import type { Repaired, Written } from './repair.ts'
import type { Stages } from './stages.ts'

/**
 * The rungs where a written test shows the error: it is a failing test like any other, and no change may touch it. What is
 * proven holds both, the change and its test, and is judged once more as the one change it is.
 */
export async function repairWritten(
  plain: Ground,
  { written, ground, base }: { written: Written; ground: Ground; base: Baseline },
  request: CapturedRequest | null,
  so: Repaired,
  stages: Stages,
  progress: Progress,
): Promise<Pick<Repaired, 'outcome' | 'why'>> {
  so.written = written
  const made = await ladder(ground, base, so, stages, progress)
  if (!so.fix) return made
  so.fix = whole(plain, so.fix, written, request)
  return { outcome: so.fix.end === 'gate' ? 'refused' : made.outcome, why: so.fix.why }
}

function whole(plain: Ground, fix: Attempted, { test }: Written, request: CapturedRequest | null): Attempted {
  const edits = [...fix.change.edits, test]
  const gate = gateOf(plain, edits, [...plain.judges, ...plain.protect], ELSEWHERE)
  const kept = heldValues(test.text, request)
  const proven = fix.proven && { ...fix.proven, proof: { ...fix.proven.proof, gate: gate.answer, kept } }
  const refused = gate.answer === 'refused' ? gateSentence(gate) : null
  return { ...fix, proven, change: { ...fix.change, edits }, ...(refused ? { why: refused, end: 'gate' } : {}) }
}
