import type { Finding } from '../../lib/domain/hypothesis.ts'
import type { Suspect } from '../../lib/domain/repair.ts'
import type { TestCase } from '../../lib/domain/testRun.ts'
import { foldPath } from '../../lib/policy/paths.ts'
import type { Red } from '../../lib/policy/red.ts'
import { isTest } from '../../lib/policy/testPaths.ts'
import type { Ground } from '../repair/ground.ts'
import { bisect } from './bisect.ts'

const MOST_PLACES = 5

/** A failing test that is no fault of this code: said, and left alone. */
export function outsideFinding({ outside, flickering }: Red): Finding {
  const [first] = outside
  const why = first
    ? `${first.id} fails for a reason outside this code (${first.why}: ${first.said}); no change of it would help.`
    : `No test fails each time: ${flickering.slice(0, 3).join(', ') || 'none'} ended differently in runs of the same code.`
  return {
    ...{
      cause: first ? 'no-code-cause' : 'inconclusive',
      remedy: first ? 'needs-person' : 'rerun',
      confidence: 0.8,
      why,
    },
    ...{ where: [], suspect: null, suspectBy: null, hypotheses: [], effort: 'small', author: 'facts' },
  }
}

/**
 * Why, where and since when, from what was run: no model is asked. Confidence is a sum of facts: it fails each time 0.3,
 * a place of the stack or of what only failing tests run 0.3, a commit found by running the tests at it 0.3.
 */
export async function findingOf(ground: Ground, targets: TestCase[], suspects: Suspect[]): Promise<Finding> {
  const framed = targets.flatMap(({ failure }) => failure?.frames ?? []).filter(({ path }) => !isTest(foldPath(path)))
  const places = framed.length > 0 ? framed : suspects.map((at) => ({ ...at, function: null }))
  const where = unique(places.map(({ path, line, function: name }) => ({ path, line, function: name })))
  const executed = ground.goodBase ? await bisect(ground, ground.goodBase, targets) : null
  const first = where[0]
  const blamed = first && !executed ? await ground.history.blame(first.path, first.line) : null
  const suspect = executed ?? blamed
  const failure = targets[0]?.failure
  const said = failure ? `${failure.type}: ${failure.message.split('\n', 1)[0]?.slice(0, 200)}` : 'a test fails'
  return {
    cause: first ? 'code' : 'inconclusive',
    remedy: first ? 'code-fix' : 'needs-person',
    confidence: 0.3 + (first ? 0.3 : 0) + (executed ? 0.3 : 0),
    why: `${targets.length} ${targets.length === 1 ? 'test fails' : 'tests fail'} each time (${said})${first ? `, most likely in ${first.path}:${first.line}` : ''}.`,
    ...{ where: where.slice(0, MOST_PLACES), suspect, suspectBy: executed ? 'executed' : blamed ? 'blame' : null },
    ...{ hypotheses: [], effort: 'small', author: 'facts' },
  }
}

type Place = Finding['where'][number]

const unique = (places: Place[]): Place[] => [
  ...new Map(places.map((place) => [`${place.path}:${place.line}`, place])).values(),
]
