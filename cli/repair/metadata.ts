import { diffInWords } from '../../agents/implementer/words.ts'
import type { Repaired } from '../../agents/repair/repair.ts'
import { branchOf } from '../../lib/domain/fix.ts'
import { redactText } from '../../lib/parse/redactText.ts'
import { proposalOf } from '../../lib/policy/proposal/body.ts'
import { commitMessage } from '../../lib/policy/proposal/commit.ts'
import type { ProposalFacts } from '../../lib/policy/proposal/facts.ts'
import { riskOf } from '../../lib/policy/risk.ts'

/** What people and pipelines read of a run; the patch and the diagnosis are files of their own. */
export interface Metadata {
  run: string
  outcome: Repaired['outcome']
  /** Where `--branch` puts it. */
  branch: string
  commit_message: string | null
  pr_title: string | null
  pr_body: string | null
  risk_class: 'low' | 'high' | null
  risk_reasons: string[]
  guardrail_decisions: { what: string; answer: string; why: string | null }[]
  validation_result: object | null
  /** `replayed`, `tested`; null where nothing is proven. */
  tier: string | null
  /** The test that a model wrote and that fails as the event did; it is a part of the patch of a proven fix. */
  written_test: { path: string; author: 'model'; explanation: string; text: string } | null
  /** Tests a model wrote that show nothing. */
  test_attempts: { path: string | null; end: string; why: string; text: string | null }[]
  needs_manual_review: boolean
  confidence: number
  why: string | null
  author: string | null
  /** Tests that failed and pass now; ones that still fail, for another reason or since nobody asked about them. */
  fixed_tests: string[]
  remaining_tests: string[]
  unmissed_hunks: { path: string; line: number }[]
  review: string | null
  /** Each with its change, also one that a gate refused: it is for a person to take over. */
  attempts: { author: string; name: string; end: string; why: string | null; patch: string }[]
  search: Repaired['search']
  /** All that turn the failing tests green and break none: where there are several, the tests alone do not decide. */
  green_candidates: { recipe: string; summary: string; score: number | null; chosen: boolean; patch: string }[]
  cost: { usd: number; model_calls: number; steps: number; tokens: object }
  /** Milliseconds; what a model took is `model`, and in no other. */
  stages: Record<string, number>
}

export function metadataOf(run: string, id: string, texts: Record<string, string>, made: Repaired): Metadata {
  const { fix, finding, outcome } = made
  const proof = fix?.proven?.proof ?? null
  const { written } = made
  const edits = (fix?.change.edits ?? []).filter((one) => one !== written?.test)
  const after = Object.fromEntries(edits.map(({ path, text }) => [path, text]))
  const risk = proof
    ? riskOf({
        ...{ before: texts, after, critical: false, tier: proof.tier, kept: proof.kept.length },
        writtenTest: written !== null,
      })
    : null
  const facts = proof && risk ? factsOf(id, made, proof, risk) : null
  const shipped = outcome === 'proven' && proof?.gate === 'pass' && risk?.low && made.unmissed.length === 0
  return {
    ...{ run, outcome, branch: branchOf(id) },
    commit_message: facts && commitMessage(facts),
    ...proposed(facts),
    risk_class: risk && (risk.low ? 'low' : 'high'),
    risk_reasons: risk?.reasons ?? [],
    guardrail_decisions: made.attempts.map(({ change, end, why, proven }) => ({
      ...{ what: change.name, answer: end === 'proven' ? (proven?.proof.gate ?? 'pass') : end, why },
    })),
    validation_result: proof && { runs: proof.runs, suite: proof.suite, boundary: proof.boundary, ms: proof.ms },
    tier: proof?.tier ?? null,
    written_test: written && { ...written.test, author: 'model', explanation: written.explanation },
    test_attempts: made.untaken.map(({ test, end, why }) => ({
      ...{ path: test?.path ?? null, end, why, text: test?.text ?? null },
    })),
    needs_manual_review: !shipped || (fix?.proven?.tested.left.length ?? 0) > 0,
    confidence: finding.confidence,
    why: made.why,
    author: fix?.change.author ?? null,
    fixed_tests: fix?.proven?.tested.fixed ?? [],
    remaining_tests: remainingIn(made),
    unmissed_hunks: made.unmissed,
    review: made.review,
    attempts: made.attempts.map(({ change: { author, name, edits }, end, why }) => ({
      ...{ author, name, end, why, patch: diffInWords(texts, edits) },
    })),
    search: made.search,
    green_candidates: made.green.map(({ recipe, summary, score = null, edits }) => ({
      ...{
        recipe,
        summary,
        score,
        chosen: edits.every((one) => fix?.change.edits.includes(one)),
        patch: diffInWords(texts, edits),
      },
    })),
    cost: {
      ...{ usd: made.spend.usd, model_calls: made.spend.calls, steps: made.steps, tokens: made.spend.usage },
    },
    stages: made.stages,
  }
}

const proposed = (facts: ProposalFacts | null) => {
  const proposal = facts && proposalOf(facts, redactText)
  return { pr_title: proposal?.title ?? null, pr_body: proposal?.body ?? null }
}

function factsOf(
  id: string,
  { fix, finding, baseline, replay, written }: Repaired,
  proof: ProposalFacts['proof'],
  risk: ProposalFacts['risk'],
): ProposalFacts {
  const edits = fix?.change.edits ?? []
  const [first] = fix?.proven?.tested.fixed ?? []
  const failure = replay ?? written ?? baseline.tests.find(({ id }) => id === first)?.failure
  return {
    issue: null,
    // What failed is the app: a written test only shows it.
    tests: written ? [] : (fix?.proven?.tested.fixed ?? []),
    ...(written ? { writtenTest: written.test.path } : {}),
    fix: { id, paths: edits.map(({ path }) => path), tier: proof.tier },
    errorType: failure?.type ?? null,
    cause: finding.where[0] ?? null,
    ...{ answers: replay?.fixture.expect.status ?? null, audit: null, errorMessage: failure?.message ?? null },
    ...{ summary: fix?.change.summary ?? '', assumes: fix?.change.assumes ?? [], proof, risk, decisions: [] },
  }
}

/** What fails with the fix as well. */
export function remainingIn({ fix, unasked }: Repaired): string[] {
  if (!fix?.proven) return []
  const { tested, after } = fix.proven
  const passes = (id: string) =>
    after.every(({ tests }) => tests.some((one) => one.id === id && one.state === 'passed'))
  return [...tested.left, ...unasked.filter((id) => !passes(id))]
}

/** The change as a patch; empty when there is none, or a gate refused it. */
export function patchOf(texts: Record<string, string>, { outcome, fix, shown }: Repaired): string {
  const change = outcome === 'proven' ? fix?.change : shown
  return change ? diffInWords(texts, change.edits) : ''
}
