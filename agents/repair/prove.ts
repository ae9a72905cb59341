import type { Proof, ProofRun } from '../../lib/domain/fix.ts'
import { treeWith } from '../../lib/domain/gitTree.ts'
import type { TestRun } from '../../lib/domain/testRun.ts'
import type { Edit, Entry, Oid } from '../../lib/domain/tree.ts'
import { isRedAsBefore, type Tested, testedBy, testedProblem } from '../../lib/policy/tested.ts'
import { withEdits } from '../implementer/checkout.ts'
import type { Bench } from '../tools/desk.ts'
import type { Baseline } from './baseline.ts'
import { reachedBy } from './reach.ts'
import { type Ran, tryTests } from './run.ts'

export interface Proven {
  proof: Proof
  tested: Tested
  /** Of every run after, for whoever compares further. */
  after: TestRun[]
  tree: Oid
  /** Why it proves nothing; null when it proves the fix. */
  why: string | null
}

/**
 * A B A B A B over the whole command, each in a fresh sandbox: three runs of the untouched copy, each red as at first,
 * and three of the patched one. The first that goes otherwise ends it.
 */
export async function proveTested(
  bench: Bench & { entries: Entry[] },
  base: Baseline,
  edits: Edit[],
  gate: Proof['gate'],
): Promise<Proven> {
  const began = performance.now()
  const patched = withEdits(bench.files, edits)
  const after: Ran[] = []
  let why: string | null = null
  for (const [at, before] of base.runs.entries()) {
    if (!isRedAsBefore(base.red, before.run))
      why = `run ${at + 1} of the untouched copy failed otherwise than the first`
    else {
      const ran = await tryTests(bench, patched)
      if (ran.run) after.push(ran)
      else why = `with it the tests could not be run to their end: ${ran.why}`
    }
    const so = testedBy(base.red, runsOf(base.runs), runsOf(after))
    why ??= so.fixed.length === 0 || so.suite.lost.length > 0 ? testedProblem(so, runsOf(after), []) : null
    if (why) break
  }
  const tested = testedBy(base.red, runsOf(base.runs), runsOf(after))
  const reached = why || tested.left.length === 0 ? [] : await reachedBy(bench, patched, edits, base.red, tested.left)
  why ??= testedProblem(tested, runsOf(after), reached)
  why ??= base.egress > 0 ? 'the failing tests try to reach another host, which proves nothing about this code' : null
  return {
    ...{ tested, after: runsOf(after), why },
    tree: treeWith(
      bench.entries,
      edits.map(({ path, text }) => ({ path, bytes: Buffer.from(text) })),
    ),
    proof: {
      ...{ tier: 'tested', runs: alternated(base, after), suite: tested.suite, types: null, smokeChanged: [] },
      ...{ gate, kept: [], boundary: (await bench.sandbox.selfTest()).boundary },
      ms: Math.round(performance.now() - began),
    },
  }
}

const runsOf = (ran: Ran[]): TestRun[] => ran.map(({ run }) => run)

/** In the order of the design: A B A B A B. */
function alternated({ runs, red, egress }: Baseline, after: Ran[]): ProofRun[] {
  const one = (side: 'A' | 'B', { run }: Ran): ProofRun => {
    const asBefore = isRedAsBefore(red, run)
    const failed = run.tests.filter(({ state }) => state === 'failed')
    const known = new Set(red.targets.map(({ id }) => id))
    return {
      ...{ side, status: run.exit ?? -1, fingerprint: asBefore, ms: Math.round(run.ms) },
      others: failed.filter(({ id }) => !known.has(id)).length,
      egress: side === 'A' ? egress : 0,
      asExpected: side === 'A' ? asBefore : !asBefore,
    }
  }
  return runs.flatMap((before, at) => [one('A', before), ...(after[at] ? [one('B', after[at])] : [])])
}
