import type { Proof } from '../../domain/fix.ts'
import { affectedOf, brokeOf, titleOf, trailersOf } from './commit.ts'
import type { ProposalFacts } from './facts.ts'
import { quoted } from './inert.ts'

export interface Proposal {
  /** At most 72 characters. */
  title: string
  /** Markdown; at most about 20 KB, since each quotation is cut at 2 KB. */
  body: string
}

/**
 * Title and body of a pull request. Pure. `redact` is applied to every quotation: whatever was read on the way, no
 * secret leaves with it.
 */
export function proposalOf(f: ProposalFacts, redact: (text: string) => string): Proposal {
  const quote = (lines: string[]): string => quoted(lines.join('\n'), redact)
  const sections: [title: string, parts: (string | null)[]][] = [
    [
      'What broke',
      [
        f.issue ? `${brokeOf(f)}: ${affectedOf(f.issue)}, severity ${f.issue.severity}.` : `${brokeOf(f)}.`,
        f.tests.length > 0 ? quote(f.tests.slice(0, TESTS_NAMED)) : null,
        f.errorMessage && quote([f.errorMessage]),
      ],
    ],
    ['Cause', [f.cause ? quote([`${f.cause.path}:${f.cause.line}`]) : 'No line is known.']],
    [
      'The fix',
      [quote([f.summary, '', ...f.fix.paths]), f.assumes.length > 0 ? `It assumes:\n\n${quote(f.assumes)}` : null],
    ],
    ['Proof', [...(f.writtenTest === undefined ? [] : [WRITTEN, quote([f.writtenTest])]), ...proofOf(f)]],
    ['Risk', [f.risk.low ? 'Low.' : 'Not low.', sizeOf(f), f.risk.reasons.length > 0 ? quote(f.risk.reasons) : null]],
    ['Guardrails', [gateOf(f.proof), f.decisions.length > 0 ? quote(f.decisions.flatMap(decisionLines)) : null]],
    ['Rolling back', [rollbackOf(f)]],
  ]
  const body = sections.map(([title, parts]) => `## ${title}\n\n${parts.filter(Boolean).join('\n\n')}`)
  return { title: titleOf(f), body: `${body.join('\n\n')}\n\n${trailersOf(f)}` }
}

/** Tests named one by one. */
const TESTS_NAMED = 10

const TIERS: Record<Proof['tier'], string> = {
  replayed: 'Replayed: the captured request reproduces the failure.',
  tested: 'Tested: a test reproduces the failure.',
  'not-reproduced': 'Not reproduced: it is proposed, and never shipped without a person.',
}

const WRITTEN =
  'The regression test was written by a model. Without the change it failed as the event did: the same error, thrown at the same place of this code. Whether it asks for the right answer is yours to judge, and whether it holds anybody’s data.'

function proofOf({ issue, tests, proof: { tier, runs, suite, types, boundary } }: ProposalFacts): string[] {
  const word = (yes: boolean): string => (yes ? 'yes' : 'no')
  const rows = runs.map(
    (run, i) =>
      `| ${i + 1} | ${run.side === 'A' ? 'before' : 'after'} | ${run.status} | ${word(run.fingerprint)} | ${word(run.asExpected)} |`,
  )
  const table = ['| run | code | status | the failure was seen | as expected |', '|---|---|---|---|---|', ...rows]
  const broken = suite.broken.length > 0 ? `${suite.broken.length} failed before already.` : ''
  return [
    TIERS[tier],
    runs.length > 0 ? table.join('\n') : '',
    `Tests: ${suite.stable} passed before, ${suite.lost.length} of them no longer pass. ${broken}`.trim(),
    // Without an issue the failing tests are the repository's own, and the table has said it.
    issue || tests.length === 0
      ? `The new test ${suite.newTestFailedBefore ? 'failed' : 'did not fail'} before and ${suite.newTestPassed ? 'passes' : 'does not pass'} now.`
      : '',
    types ? `Type errors: ${types.before} before, ${types.after} after.` : '',
    /^[a-z -]{1,40}$/i.test(boundary) ? `Run inside: ${boundary}.` : '',
  ]
}

const sizeOf = ({ risk }: ProposalFacts): string =>
  `${risk.files} ${risk.files === 1 ? 'file' : 'files'}, ${risk.lines} changed lines besides the test.`

const GATES: Record<Proof['gate'], string> = {
  pass: 'No protected file is touched.',
  'needs-approval': 'A file is touched that needs a person’s approval.',
  refused: 'A protected file is touched: this is shown, and never shipped.',
}
const gateOf = ({ gate }: Proof): string => GATES[gate]

const decisionLines = ({ kind, target, decision }: ProposalFacts['decisions'][number]): string[] => [
  `${kind} to ${target}: ${decision.answer}`,
  ...decision.reasons.map((reason) => `  ${reason}`),
]

function rollbackOf({ fix }: ProposalFacts): string {
  return `Reverting the merge of this branch takes it out whole: it holds one commit and no migration. Fix ${fix.id} is then never proposed again.`
}
