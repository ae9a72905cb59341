import type { Finding } from '../../lib/domain/hypothesis.ts'
import type { Proposal } from '../../lib/domain/repair.ts'
import type { TestCase, TestRun } from '../../lib/domain/testRun.ts'
import { ESCALATE_BELOW } from '../../lib/policy/diagnosis.ts'
import type { Model } from '../../lib/world.ts'
import { askFix } from '../implementer/ask.ts'
import { formatted } from '../implementer/format.ts'
import { review } from '../implementer/review.ts'
import { diffInWords } from '../implementer/words.ts'
import { askWhy } from '../investigator/ask.ts'
import type { Attempted, Change } from './attempt.ts'
import type { Ground, Progress } from './ground.ts'
import { added, NOTHING_SPENT, SPOILT, type Spent } from './spent.ts'
import type { Stages } from './stages.ts'

/** What is to be repaired, and who says whether a change does: failing tests, or a request that is sent again. */
export interface Target {
  targets: TestCase[]
  /** The runs that evidence may point into. */
  runs: TestRun[]
  prove(change: Change): Promise<Attempted>
}

interface ByModel extends Spent {
  finding: Finding
  attempts: Attempted[]
  review: string | null
  /** Why it came to nothing. */
  why: string | null
}

/** Changes that pass, and that nobody could choose from, a model is told of. */
const TOLD = 3

/**
 * The next rungs: a model finds out why, then makes attempts, each told what became of the ones before. A diagnosis that
 * says no code is at fault, or that is not sure enough, ends it without one.
 */
export async function byModel(
  model: Model,
  ground: Ground,
  { targets, runs, prove }: Target,
  facts: Finding,
  before: Attempted[],
  undecided: Proposal[],
  stages: Stages,
  progress: Progress,
): Promise<ByModel> {
  progress('diagnose', 'asking the model why')
  const asked = await stages.time('diagnose', () => askWhy(model, ground, targets, facts, runs))
  let sum = added(NOTHING_SPENT, asked.talked)
  stages.waited('diagnose', asked.talked.waitedMs)
  const finding = asked.finding ?? facts
  progress('diagnose', asked.finding?.why ?? `no diagnosis: ${asked.why}`)
  const attempts: Attempted[] = []
  const end = (why: string | null, note: string | null = null): ByModel => ({
    ...sum,
    finding,
    attempts,
    review: note,
    why,
  })
  if (finding.cause !== 'code' || finding.remedy !== 'code-fix')
    return end(`the diagnosis asks for no change: ${finding.remedy}`)
  if (finding.confidence < ESCALATE_BELOW) return end(`the diagnosis is not sure enough (${finding.confidence})`)
  const told = ({ change, why }: Attempted) => ({
    diff: diffInWords(ground.texts, change.edits),
    why: why ?? 'no reason',
  })
  const diffs = undecided.slice(0, TOLD).map(({ edits }) => diffInWords(ground.texts, edits))
  let note: string | null = null
  let spoilt: string | null = null
  for (let number = 1; number <= ground.attempts; number++) {
    progress('fix', `attempt ${number} of ${ground.attempts}`)
    const fix = await stages.time('fix', () =>
      askFix(model, ground, targets, finding, [...before, ...attempts].map(told), diffs, runs),
    )
    sum = added(sum, fix.talked)
    stages.waited('fix', fix.talked.waitedMs)
    if (!fix.edits) {
      spoilt = fix.why
      progress('fix', `no change: ${fix.why}`)
      if (SPOILT.has(fix.end)) continue
      return end(fix.why, note)
    }
    const change: Change = {
      ...{ author: 'model', name: `attempt ${number}`, edits: await formatted(ground, fix.edits) },
      ...{ summary: fix.explanation, assumes: [] },
    }
    const made = await stages.time('prove', () => prove(change))
    progress('prove', made.why ?? 'proven')
    if (made.end === 'proven' || made.end === 'gate') {
      const seen = await stages.time('review', () => review(model, ground.texts, finding, targets, made.change.edits))
      sum = added(sum, seen.talked)
      stages.waited('review', seen.talked.waitedMs)
      note = seen.veto ?? (seen.note || null)
      if (!seen.veto) {
        attempts.push(made)
        return end(null, note)
      }
      progress('review', `vetoed: ${seen.veto}`)
      attempts.push({ ...made, end: 'not-proven', why: `a reviewer found: ${seen.veto}` })
    } else attempts.push(made)
  }
  return end(`${ground.attempts} attempts were not proven${spoilt ? `, one without a change: ${spoilt}` : ''}`, note)
}
