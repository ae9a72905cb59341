import type { ErrorEvent } from '../../lib/domain/event.ts'
import type { TestCase } from '../../lib/domain/testRun.ts'
import { foldPath } from '../../lib/policy/paths.ts'
import { isTest } from '../../lib/policy/testPaths.ts'
import type { Model } from '../../lib/world.ts'
import { askTest } from '../implementer/askTest.ts'
import type { Baseline } from './baseline.ts'
import type { Ground, Progress } from './ground.ts'
import { judgeTest } from './judgeTest.ts'
import type { Repaired, Written } from './repair.ts'
import type { Ran } from './run.ts'
import { added, NOTHING_SPENT, SPOILT, type Spent } from './spent.ts'
import type { Stages } from './stages.ts'

interface WrittenTest extends Spent {
  /** The test, and the ground on which it is red. */
  red: { written: Written; ground: Ground; base: Baseline } | null
  untaken: Repaired['untaken']
  /** Why there is none. */
  why: string | null
}

/**
 * The rung below a replay: a model writes a test of an error that nothing here shows, and machines say whether it does.
 * Each try is told what became of the ones before.
 */
export async function writeTest(
  model: Model,
  ground: Ground,
  plain: Ran,
  event: ErrorEvent,
  target: TestCase,
  stages: Stages,
  progress: Progress,
): Promise<WrittenTest> {
  const untaken: Repaired['untaken'] = []
  let sum = NOTHING_SPENT
  const none = (why: string): WrittenTest => ({ red: null, untaken, why, ...sum })
  const crashed = target.failure?.frames[0]?.path
  const tests = testsOf(ground, plain)
  if (!crashed || tests.length === 0) return none('no test of the repository tells what a new one would look like')
  const facts = {
    tests,
    tracked: new Set([...ground.files, ...ground.entries].map(({ path }) => path)),
    subject: { path: crashed, text: ground.texts[crashed] ?? '' },
  }
  const { route, request, failure } = event
  for (let number = 1; number <= ground.attempts; number++) {
    progress('test', `try ${number} of ${ground.attempts}`)
    const asked = await stages.time('test', () =>
      askTest(model, ground, { target, route, request }, facts, untaken, [plain.run]),
    )
    sum = added(sum, asked.talked)
    stages.waited('test', asked.talked.waitedMs)
    const { test, explanation } = asked
    if (!test) {
      const why = asked.why ?? asked.end
      untaken.push({ test, end: asked.end, why })
      progress('test', `no test: ${why}`)
      if (SPOILT.has(asked.end)) continue
      return none(why)
    }
    const judged = await stages.time('test', () => judgeTest(ground, plain, event, test))
    progress('test', judged.ok ? `${test.path} fails as the event did` : judged.why)
    if (judged.ok) {
      const written: Written = { test, type: failure.type, message: failure.message, explanation }
      return { red: { written, ground: judged.ground, base: judged.base }, untaken, why: null, ...sum }
    }
    untaken.push({ test, end: judged.end, why: judged.why })
  }
  return none(`${ground.attempts} tries came to no test that shows it, the last one since ${untaken.at(-1)?.why}`)
}

/** Files of tests that ran; where the runner names none, those that are called or placed like one. */
function testsOf({ texts, judges }: Ground, { run }: Ran): string[] {
  if (run.runner === 'command') return []
  const ran = judges.filter((path) => Object.hasOwn(texts, path))
  return ran.length > 0 ? ran : Object.keys(texts).filter((path) => CODE.test(path) && isTest(foldPath(path)))
}

const CODE = /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt)$/
