import type { ErrorEvent } from '../../lib/domain/event.ts'
import { blobOid } from '../../lib/domain/gitTree.ts'
import { COMMAND, type TestCase, type TestRun } from '../../lib/domain/testRun.ts'
import type { Edit } from '../../lib/domain/tree.ts'
import { crashOfEvent, crashOfTest } from '../../lib/parse/crash.ts'
import { addedBy, changedBeside } from '../../lib/policy/besides.ts'
import { ranAt } from '../../lib/policy/reached.ts'
import { otherThan } from '../../lib/policy/reproduces.ts'
import { withEdits } from '../implementer/checkout.ts'
import { gateOf, gateSentence } from '../implementer/gate.ts'
import { type Baseline, baselineOf } from './baseline.ts'
import { checksOf } from './checks.ts'
import { ELSEWHERE } from './examine.ts'
import type { Ground } from './ground.ts'
import { type Ran, tryTests } from './run.ts'

/** Why a written test shows nothing. */
export type JudgedEnd =
  | 'protected'
  /** The command does not run it, or not to its end. */
  | 'not-run'
  | 'passes'
  /** It fails, and not as the event did. */
  | 'otherwise'
  | 'flickers'
  /** It tries to reach another host, or fails for a reason outside of this code. */
  | 'outside'
  /** Other tests, types or lint are not as they were without it. */
  | 'disturbs'

export type Judged = { ok: true; ground: Ground; base: Baseline } | { ok: false; end: JudgedEnd; why: string }

const RUNS = 3
const no = (end: JudgedEnd, why: string): Judged => ({ ok: false, end, why })

/**
 * Whether a test that somebody wrote shows an event's error: three runs of it alone and three of everything, on a copy that
 * is untouched but for it. In each it fails as the event did, and every other test ends as it does without it. What is
 * answered then is ground to repair on: the test is one of its judges, and the one that is meant.
 */
export async function judgeTest(ground: Ground, plain: Ran, event: ErrorEvent, test: Edit): Promise<Judged> {
  const gate = gateOf(ground, [test], [...ground.judges, ...ground.protect], ELSEWHERE)
  if (gate.answer !== 'pass') return no('protected', gateSentence(gate))
  const copy = withTest(ground, test)
  const ids = new Set<string>()
  for (let at = 0; at < RUNS; at++) {
    const only = [{ file: test.path, titles: [] }]
    const ran = await tryTests(copy, copy.files, { only, coverage: true })
    if (!ran.run) return no('not-run', ran.why)
    if (ran.egress > 0) return no('outside', 'it tries to reach another host, which proves nothing about this code')
    const seen = redIn(copy, plain.run, ran.run, event, test.path)
    if (!('red' in seen)) return at > 0 && seen.end === 'passes' ? no('flickers', FLICKERS) : { ok: false, ...seen }
    if (at > 0 && (seen.red.length !== ids.size || seen.red.some(({ id }) => !ids.has(id))))
      return no('flickers', FLICKERS)
    for (const { id } of seen.red) ids.add(id)
  }
  return amongOthers(ground, { ...copy, isMeant: (id) => ids.has(id) }, plain, event, test, ids)
}

const FLICKERS = 'it ends differently in runs of the same code'
const AMONG = 'it fails alone, and passes among the others'

/** Three runs of everything with it, which are what a repair is held against afterwards. */
async function amongOthers(
  ground: Ground,
  judged: Ground,
  plain: Ran,
  event: ErrorEvent,
  test: Edit,
  ids: Set<string>,
): Promise<Judged> {
  const first = await tryTests(judged, judged.files)
  if (!first.run) return no('not-run', `with it the tests could not be run to their end: ${first.why}`)
  const problem = (run: TestRun): Judged | null => {
    const seen = redIn(judged, plain.run, run, event, test.path)
    if ('red' in seen) return null
    return seen.end === 'passes' ? no('flickers', AMONG) : { ok: false, ...seen }
  }
  // The first of them often says enough.
  const early = problem(first.run)
  const base = early ? null : await baselineOf(judged, first)
  if (!base) return early ?? no('flickers', AMONG)
  const runs = base.runs.map(({ run }) => run)
  for (const run of runs) {
    const late = problem(run)
    if (late) return late
  }
  const changed = await changedIn(ground, plain, runs, test.path)
  if (changed.length > 0)
    return no('disturbs', `other tests end differently with it: ${changed.slice(0, 3).join(', ')}`)
  const { targets, outside } = base.red
  const elsewhere = outside.find(({ id }) => ids.has(id))
  if (elsewhere) return no('outside', `it fails for a reason outside of this code: ${elsewhere.said}`)
  if (base.egress > 0) return no('outside', 'it tries to reach another host, which proves nothing about this code')
  if (targets.length !== ids.size) return no('flickers', FLICKERS)
  const worse = await checksOf(ground)([test])
  return worse ? no('disturbs', worse) : { ok: true, ground: judged, base }
}

const NOT_RUN = 'the test command does not run it, or does not tell it from others'
/** Of what a command printed when it failed. */
const SAID_MAX = 500

type Seen = { red: TestCase[] } | { end: JudgedEnd; why: string }

/** Tests of the new file that fail as the event did; it has to have one, and none that fails otherwise. */
function redIn({ texts }: Ground, plain: TestRun, run: TestRun, event: ErrorEvent, path: string): Seen {
  const own = addedBy(path, plain, run).filter(({ state }) => state !== 'skipped')
  if (own.length === 0) {
    const ended = run.tests.find(({ id, state }) => id === COMMAND && state === 'failed')
    const said = ended && `: ${ended.failure?.message.slice(0, SAID_MAX) ?? ''}`
    return { end: 'not-run', why: said ? `it ends the run${said}` : NOT_RUN }
  }
  const red = own.filter(({ state }) => state === 'failed')
  if (red.length === 0) return { end: 'passes', why: 'it passes on the code as it stands' }
  const there = crashOfEvent(event.failure, texts)
  for (const { failure } of red) {
    const why = failure ? otherThan(there, crashOfTest(failure, texts)) : 'it fails without saying how'
    if (why) return { end: 'otherwise', why }
    const [at] = failure!.frames
    // Coverage is no part of what failed: a stack that was made up names a line that nothing ran.
    if (ranAt(run.coverage, at!.path, at!.line) === false)
      return { end: 'otherwise', why: 'the line its stack names was never run' }
  }
  return { red }
}

/** What is different is looked at twice more without the test: what flickers by itself is not its doing. */
async function changedIn(ground: Ground, plain: Ran, after: TestRun[], path: string): Promise<string[]> {
  const before = [plain.run]
  for (let at = 0; at < 2 && changedBeside(path, before, after).length > 0; at++) {
    const { run } = await tryTests(ground, ground.files)
    if (run) before.push(run)
  }
  return changedBeside(path, before, after)
}

/** The same repository with one file more, which judges what is changed in it. */
function withTest(ground: Ground, test: Edit): Ground {
  const bytes = Buffer.from(test.text, 'utf8')
  const entry = { path: test.path, mode: '100644', oid: blobOid(bytes), size: bytes.length }
  return {
    ...ground,
    files: withEdits(ground.files, [test]),
    texts: Object.assign(Object.create(null), ground.texts, { [test.path]: test.text }),
    entries: [...ground.entries, entry],
    judges: [...ground.judges, test.path],
    // At commits before this one the test is not there to be run.
    goodBase: null,
  }
}
