import type { ProofRun } from '../../lib/domain/fix.ts'
import type { Fixture } from '../../lib/domain/fixture.ts'
import type { Answer } from '../../lib/domain/replay.ts'
import { redactText } from '../../lib/parse/redactText.ts'
import { cutText } from '../../lib/parse/visible.ts'
import type { Sandbox } from '../../lib/world.ts'
import type { Checkout, Trees } from './checkout.ts'
import { appOf, runHarness } from './harness.ts'
import { type SmokeRuns, smokeSetOf } from './smoke.ts'

interface Alternation {
  runs: ProofRun[]
  /** Of each B, its answers to the smoke set. */
  smoke: SmokeRuns
  why: string | null
}

const PAIRS = 3

/**
 * A B A B A B, each in a fresh sandbox: three of each is what tells a cause from a coincidence (design, section 5). The two of
 * a pair run side by side, so that the machine's moods meet both. B is asked the smoke set too; of A it is known.
 */
export async function alternate(
  sandbox: Sandbox,
  base: Checkout,
  dependencies: string | null,
  trees: Pick<Trees, 'A' | 'B'>,
  fixture: Fixture,
  fingerprint: string,
): Promise<Alternation> {
  const runs: ProofRun[] = []
  const smoke: SmokeRuns = []
  const play = async (side: 'A' | 'B') => {
    const files = trees[side]
    const task = {
      kind: 'replay' as const,
      app: appOf(base.manifest),
      requests: [fixture.request],
      smoke: side === 'B' ? smokeSetOf(base) : [],
      tracked: files.map((file) => file.path),
    }
    return { side, ...(await runHarness(sandbox, files, dependencies, task)) }
  }
  for (let pair = 0; pair < PAIRS; pair++) {
    for (const { side, result, run } of await Promise.all([play('A'), play('B')])) {
      if (result.kind === 'failed') return { runs, smoke, why: `${side} did not ${result.stage}: ${result.why}` }
      if (side === 'B') smoke.push(result.smoke)
      const one = judge(side, result.answers.at(-1), fixture, fingerprint, run.egress, run.ms)
      runs.push(one)
      if (!one.asExpected) return { runs, smoke, why: reason(one) }
    }
  }
  return { runs, smoke, why: null }
}

function judge(
  side: 'A' | 'B',
  answer: Answer | undefined,
  fixture: Fixture,
  fingerprint: string,
  egress: number,
  ms: number,
): ProofRun {
  const seen = answer?.fingerprints ?? []
  const hit = seen.includes(fingerprint)
  const network = answer?.errors.some((error) => error.network) ?? false
  const status = answer?.status ?? 0
  const red = hit && egress === 0 && !network
  const green = seen.length === 0 && status === fixture.expect.status
  return {
    side,
    status,
    fingerprint: hit,
    others: seen.filter((other) => other !== fingerprint).length,
    egress,
    ms: Math.round(ms),
    ...kept(answer),
    asExpected: side === 'A' ? red : green,
  }
}

/** Errors a run keeps, and characters of what it said: enough to recognise it, little enough for a row. */
const SAW = 5
const SAID = 500

/** What people may want to see of an answer. It may echo what users sent, so it is redacted like everything that is kept. */
export function kept(answer: Answer | undefined): Pick<ProofRun, 'saw' | 'body'> {
  const short = (text: string) => cutText(redactText(text), SAID)
  const saw = answer?.errors.slice(0, SAW).map(({ type, message }) => ({ type: short(type), message: short(message) }))
  return { saw: saw ?? [], body: short(answer?.body ?? '') }
}

function reason(run: ProofRun): string {
  if (run.side === 'A')
    return run.egress > 0
      ? 'without the fix the run tried to reach another host, which proves nothing about this code'
      : `without the fix the request answered ${run.status} and did not fail as in production`
  return run.fingerprint
    ? 'with the fix the error is still there'
    : `with the fix the request answered ${run.status}${run.others ? ' and failed in a new way' : ''}`
}
