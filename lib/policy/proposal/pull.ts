import type { Cause, Remedy } from '../../domain/diagnosis.ts'
import type { Proof, Risk } from '../../domain/fix.ts'
import { affectedOf, brokeOf, titleOf, trailersOf } from './commit.ts'
import type { CommitFacts } from './facts.ts'

/** What a pull request of a release says: ids, enums and numbers, since who opens it has seen nothing else. */
export interface PullFacts extends CommitFacts {
  attempt: number
  diagnosis: { cause: Cause; remedy: Remedy; confidence: number } | null
  proof: Proof
  risk: Pick<Risk, 'low' | 'files' | 'lines'>
  into: string
  target: 'staging' | 'production'
}

/** Title and body. Whose words are needed beside these are on our page. Pure. */
export function pullWords(f: PullFacts): { title: string; body: string } {
  const sections: [string, string[]][] = [
    ['What happened', [f.issue ? `${brokeOf(f)}: ${affectedOf(f.issue)}, severity ${f.issue.severity}.` : brokeOf(f)]],
    ['Diagnosis', [diagnosed(f)]],
    ['Proof', proven(f)],
    ['Risk', [`${f.risk.low ? 'Low' : 'Not low'}: ${files(f)}, ${f.risk.lines} changed lines besides the test.`]],
    ['What an approval does', [approving(f)]],
    ['Taking it back', [TAKEN_BACK]],
  ]
  const body = sections.map(([title, parts]) => `## ${title}\n\n${parts.filter(Boolean).join('\n\n')}`)
  return { title: titleOf(f), body: `${body.join('\n\n')}\n\n${trailersOf(f)}` }
}

const files = ({ risk }: PullFacts): string => `${risk.files} ${risk.files === 1 ? 'file' : 'files'}`

function diagnosed({ diagnosis, attempt }: PullFacts): string {
  if (!diagnosis) return `No diagnosis was kept; this is attempt ${attempt}.`
  const { cause, remedy, confidence } = diagnosis
  return `Cause: ${cause}. Remedy: ${remedy}. Confidence: ${confidence.toFixed(2)}. This is attempt ${attempt}.`
}

const TIERS: Record<Proof['tier'], string> = {
  replayed: 'Replayed: a captured request reproduces the failure.',
  tested: 'Tested: a test reproduces the failure.',
  'not-reproduced': 'Not reproduced: it never ships without a person.',
}

function proven({ proof: { tier, runs, suite } }: PullFacts): string[] {
  const side = (which: 'A' | 'B') => runs.filter((run) => run.side === which)
  const good = (which: 'A' | 'B') =>
    `${side(which).filter(({ asExpected }) => asExpected).length} of ${side(which).length}`
  return [
    TIERS[tier],
    runs.length > 0
      ? `Without the change ${good('A')} runs failed as the error did; with it ${good('B')} were as expected.`
      : '',
    `Tests: ${suite.stable} passed before, ${suite.lost.length} of them no longer pass.`,
  ]
}

const approving = ({ target, into }: PullFacts): string =>
  target === 'staging'
    ? `A review of this very head by somebody who may write here, and whom an owner linked to a person in Nightshift, approves it up to staging. Merged into ${into}, it is deployed there and probed.`
    : `A review of this very head by somebody who may write here, and whom an owner linked to a person in Nightshift, approves it up to production. Merged into ${into}, it is built, tested without traffic, promoted and watched.`

const TAKEN_BACK =
  'What does harm is taken back by itself: production first, then this branch by a revert. A patch that was taken back never comes again. Asking for changes here holds it; closing this is a no, and a person decides what follows.'

export interface RevertFacts {
  issue: { id: number }
  fix: { id: string }
  audit: { seq: number; hash: string }
  merge: string
  into: string
  target: 'staging' | 'production'
}

/** A pull request that takes a merge of ours out again. */
export function revertWords(f: RevertFacts): { title: string; body: string } {
  const safe =
    f.target === 'production'
      ? 'Production serves the version before already, or never served this one: that did not wait for this request.'
      : 'Production never served it from here.'
  const body = `## Why\n\nThe release of fix ${f.fix.id} is taken back; the page of issue ${f.issue.id} says why. ${safe}\n\n## What\n\nTakes the merge ${f.merge} out of ${f.into}, and nothing that others pushed since.`
  return { title: `Revert fix ${f.fix.id} on ${f.into}`, body: `${body}\n\n${trailersOf(f)}` }
}
