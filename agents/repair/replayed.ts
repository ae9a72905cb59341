import type { ErrorEvent } from '../../lib/domain/event.ts'
import type { Proposal } from '../../lib/domain/repair.ts'
import type { TestCase } from '../../lib/domain/testRun.ts'
import type { Change } from './attempt.ts'
import { withRequest } from './eventFinding.ts'
import { examine } from './examine.ts'
import type { Ground, Progress } from './ground.ts'
import { byModel } from './model.ts'
import type { Repaired } from './repair.ts'
import { proveReplayed, type Reproduced } from './replay.ts'
import { added } from './spent.ts'
import type { Stages } from './stages.ts'

/**
 * The rungs where the event's request fails here as it did there: what recipes propose, then a model's attempts, each
 * proven by sending it again. What each finds out is put into `so` as soon as it is known.
 */
export async function repairReplayed(
  ground: Ground,
  reproduction: Reproduced,
  event: ErrorEvent,
  target: TestCase,
  { proposals, refusals }: { proposals: Proposal[]; refusals: string[] },
  so: Repaired,
  stages: Stages,
  progress: Progress,
): Promise<Pick<Repaired, 'outcome' | 'why'>> {
  const replays = new Map<string, Repaired['replay']>()
  const prove = async (change: Change) => {
    // As for a failing test: what weakens its judges, or answers one input alone, is not even run.
    const { cheats } = examine(ground, [target], change.edits)
    if (cheats) return { change, proven: null, why: cheats, end: 'cheats' as const }
    const { attempted, replay } = await proveReplayed(ground, reproduction, event, change)
    replays.set(change.name, replay)
    return attempted
  }
  for (const { recipe, edits, summary, assumes } of proposals) {
    const change: Change = { author: 'recipe', name: recipe, edits, summary, assumes }
    const attempted = await stages.time('prove', () => prove(change))
    progress('prove', `${summary} ${attempted.why ?? 'Proven.'}`)
    so.attempts.push(attempted)
    if (attempted.end === 'proven' || attempted.end === 'gate') break
  }
  let asked: string | null = null
  if (ground.model && !so.attempts.some(isFound)) {
    const runs = [{ ...so.baseline, tests: [...so.baseline.tests, target] }]
    const facts = withRequest(so.finding, reproduction.request)
    const aim = { targets: [target], runs, prove }
    const by = await byModel(ground.model, ground, aim, facts, so.attempts, [], stages, progress)
    const { finding, review } = by
    Object.assign(so, { ...added(so, by), finding, review, attempts: [...so.attempts, ...by.attempts] })
    asked = by.why
  }
  const fix = so.attempts.find(isFound) ?? null
  if (!fix) {
    const tried = so.attempts.map(({ change, why }) => `${change.name}: ${why}`)
    const model = asked === null ? [] : [`model: ${asked}`]
    return {
      outcome: 'not-fixed',
      why: ['No recipe cures it.', ...tried, ...model, ...refusals.slice(0, 5)].join('\n'),
    }
  }
  Object.assign(so, { fix, replay: replays.get(fix.change.name) ?? null })
  return { outcome: fix.end === 'gate' ? 'refused' : 'proven', why: fix.why }
}

const isFound = ({ end }: Repaired['attempts'][number]): boolean => end === 'proven' || end === 'gate'
