import type { ErrorEvent } from '../../lib/domain/event.ts'
import { candidatesOf } from './candidates.ts'
import { targetOf, whyOf } from './eventFinding.ts'
import { examine } from './examine.ts'
import type { Ground, Progress } from './ground.ts'
import { harmless } from './harmless.ts'
import { afterFirst, BrokenOff, outset, type Repaired } from './repair.ts'
import { reproduced } from './replay.ts'
import { repairReplayed } from './replayed.ts'
import { type Ran, runTests } from './run.ts'
import { added } from './spent.ts'
import { Stages } from './stages.ts'
import { writeTest } from './writeTest.ts'
import { repairWritten } from './written.ts'

/** Proposals that are run beside the tests; what comes after them is a guess. */
const MOST = 4

/**
 * An error without a test of it. Where the repository says how its app is started and the event holds its request, that is
 * sent again here, and a change is proven as Nightshift proves its own. Else a model, where there is one, writes a test that
 * fails as the event did, and the error is a failing test. Else a recipe's change that fits is shown where every test that
 * passes still does, and never called a fix: nothing reproduced the error, so nothing can prove it gone. Throws `BrokenOff`
 * once the tests were run.
 */
export async function repairEvent(given: Ground, event: ErrorEvent, progress: Progress): Promise<Repaired> {
  const stages = new Stages()
  const plain = await stages.time('baseline', () => runTests(given, given.files))
  const ground = afterFirst(given, plain.run)
  const finding = await stages.time('diagnose', () => whyOf(ground, event, targetOf(ground, event)))
  progress('diagnose', finding.why)
  const so = outset(finding, plain.run, stages)
  if (finding.cause !== 'code') return so
  try {
    return Object.assign(so, await rungs(ground, plain, event, so, stages, progress))
  } catch (error) {
    throw new BrokenOff(so, error)
  }
}

async function rungs(
  ground: Ground,
  plain: Ran,
  event: ErrorEvent,
  so: Repaired,
  stages: Stages,
  progress: Progress,
): Promise<Pick<Repaired, 'outcome' | 'why'>> {
  const target = targetOf(ground, event)
  const reproduction = await stages.time('reproduce', () => reproduced(ground, event))
  if (typeof reproduction !== 'string') {
    const { method, path } = reproduction.request
    progress('diagnose', `${method} ${path} fails here as it did there`)
    const search = await proposed()
    return repairReplayed(ground, reproduction, event, target, search, so, stages, progress)
  }
  const because = `not reproduced, since ${reproduction}`
  progress('diagnose', because)
  const asked = ground.model && (await writeTest(ground.model, ground, plain, event, target, stages, progress))
  if (asked) Object.assign(so, { ...added(so, asked), untaken: asked.untaken })
  if (asked?.red) return repairWritten(ground, asked.red, event.request, so, stages, progress)
  const { proposals, refusals } = await proposed()
  so.shown = await stages.time('prove', () => harmless(ground, target, plain.run, proposals))
  const nobody = asked ? [`No test shows it: ${asked.why}.`] : []
  const why = so.shown
    ? [`It fits the error and breaks no test, but nothing shows that it cures it: ${because}.`, ...nobody]
    : [`No recipe fits, and it was ${because}.`, ...nobody, ...refusals.slice(0, 5)]
  return { outcome: 'not-fixed', why: why.join('\n') }

  async function proposed() {
    const { proposals, refusals } = await stages.time('search', () => candidatesOf(ground, [target], [], undefined))
    progress('search', `${proposals.length} proposals of recipes`)
    const sound = proposals.slice(0, MOST).filter(({ edits }) => !examine(ground, [target], edits).cheats)
    return { proposals: sound, refusals }
  }
}
