import type { Finding } from '../../lib/domain/hypothesis.ts'
import { suspectsOf } from '../../lib/policy/suspicion.ts'
import { findingOf, outsideFinding } from '../investigator/facts.ts'
import { type Attempted, attempt } from './attempt.ts'
import type { Baseline } from './baseline.ts'
import type { Ground, Progress } from './ground.ts'
import { unmissed } from './hunks.ts'
import { byModel } from './model.ts'
import { byRecipes, type Searched } from './recipes.ts'
import type { Repaired } from './repair.ts'
import { spectrumOf } from './spectrum.ts'
import { added } from './spent.ts'
import type { Stages } from './stages.ts'

/** The rungs, one after the other; what each finds out is put into `so` as soon as it is known. */
export async function ladder(
  judged: Ground,
  base: Baseline | null,
  so: Repaired,
  stages: Stages,
  progress: Progress,
): Promise<Pick<Repaired, 'outcome' | 'why'>> {
  if (!base || base.red.targets.length === 0) {
    so.finding = !base ? NOTHING_FAILS : base.red.unasked.length > 0 ? NOT_SHOWN : outsideFinding(base.red)
    return { outcome: base ? 'not-fixed' : 'nothing-fails', why: so.finding.why }
  }
  const { targets, unasked } = base.red
  so.unasked = unasked
  const all = base.runs.at(-1)!.run.coverage
  const single =
    judged.searchMs > 0
      ? await stages.time('diagnose', () => spectrumOf(judged, base.red, base.runs[0]!.run.tests))
      : NONE
  const suspects = suspectsOf({ targets, failing: base.failing.coverage, all, single, texts: judged.texts })
  progress('diagnose', `${targets.length} to repair, ${base.red.stable.length} that must keep passing`)
  const facts = await stages.time('diagnose', () => findingOf(judged, targets, suspects))
  so.finding = facts
  progress('diagnose', facts.why)
  const searched = await stages.time('search', () => byRecipes(judged, base, suspects, single, progress))
  Object.assign(so, { attempts: searched.attempts, search: searched.counts, green: searched.green })
  let asked: string | null = null
  if (judged.model && !so.attempts.some(isFound)) {
    const undecided = so.attempts.length === 0 ? searched.green : []
    const target = { targets, runs: base.runs.map(({ run }) => run), prove: attempt.bind(null, judged, base) }
    const by = await byModel(judged.model, judged, target, facts, so.attempts, undecided, stages, progress)
    const { finding, review } = by
    Object.assign(so, { ...added(so, by), finding, review, attempts: [...so.attempts, ...by.attempts] })
    asked = by.why
  }
  const fix = so.attempts.find(({ end }) => end === 'proven') ?? so.attempts.find(({ end }) => end === 'gate') ?? null
  if (!fix) return { outcome: 'not-fixed', why: whyNot(so.attempts, searched, asked) }
  so.fix = fix
  const must = [...base.red.stable, ...(fix.proven?.tested.fixed ?? [])]
  so.unmissed = await stages.time('prove', () => unmissed(judged, fix.change.edits, must))
  return { outcome: fix.end === 'gate' ? 'refused' : 'proven', why: fix.why }
}

/** Nobody searches, so nobody needs to know. */
const NONE = { failing: [], passing: [] }

const isFound = ({ end }: Attempted): boolean => end === 'proven' || end === 'gate'

const NOT_SHOWN: Finding = {
  ...{ cause: 'inconclusive', remedy: 'needs-person', confidence: 0.2 },
  why: 'None of the tests that failed there fails here: other tests do.',
  ...{ where: [], suspect: null, suspectBy: null, hypotheses: [], effort: 'small', author: 'facts' },
}

const NOTHING_FAILS: Finding = {
  ...{
    cause: 'no-code-cause',
    remedy: 'ignore',
    confidence: 0.9,
    why: 'Every test passes: there is nothing to repair.',
  },
  ...{ where: [], suspect: null, suspectBy: null, hypotheses: [], effort: 'small', author: 'facts' },
}

function whyNot(attempts: Attempted[], { counts, refusals }: Searched, asked: string | null): string {
  const tried = attempts.map(({ change, why }) => `${change.name}: ${why}`)
  const searched = `${counts.tried} of ${counts.proposed} candidates of recipes were tried, ${counts.green} were green`
  return [searched, ...tried, ...(asked ? [`model: ${asked}`] : []), ...refusals.slice(0, 5)].join('\n')
}
