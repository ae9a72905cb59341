import type { Repaired } from '../../agents/repair/repair.ts'
import { remainingIn } from './metadata.ts'

const HEADS: Record<Repaired['outcome'], string> = {
  proven: 'Proven.',
  'not-fixed': 'Diagnosed, not fixed.',
  'nothing-fails': 'Nothing fails.',
  refused: 'Proven, but refused by a gate: a person has to take it over.',
}

/** Candidates told one by one; all of them are in the metadata. */
const TOLD = 3

/** The answer for people: what came of it, why, the change, and where the rest is. */
export function inWords(made: Repaired, patch: string, out: string, id: string): string[] {
  const { fix, finding, outcome } = made
  const since = finding.suspect
    ? [
        `${finding.suspectBy === 'executed' ? 'Fails since' : 'The line came with'} ${finding.suspect.sha.slice(0, 12)} (${finding.suspect.subject}).`,
      ]
    : []
  const tested = fix?.proven?.tested
  const still = remainingIn(made)
  return [
    HEADS[outcome],
    ...(made.why ? made.why.split('\n') : []),
    `Why: ${finding.why}`,
    ...since,
    ...(made.replay
      ? [
          `The captured request fails in three runs without the change and in none of three with it, which answers ${made.replay.fixture.expect.status}; ${tested?.suite.stable ?? 0} tests still pass.`,
        ]
      : []),
    ...(made.written ? [writtenInWords(made.written)] : made.untaken.length > 0 ? [untakenInWords(made)] : []),
    ...(tested && !made.replay
      ? [
          `${tested.fixed.length} failing ${tested.fixed.length === 1 ? 'test passes' : 'tests pass'} now, in three runs of three; ${tested.suite.stable} others still pass.`,
        ]
      : []),
    ...(still.length ? [`Still failing, for another reason: ${still.slice(0, 5).join(', ')}`] : []),
    ...(fix ? [] : made.green.slice(0, TOLD).map(({ summary }) => `Passes the tests, and is not proven: ${summary}`)),
    ...made.unmissed.map(({ path, line }) => `No test misses the change at ${path}:${line}.`),
    ...(made.review ? [`Review: ${made.review}`] : []),
    ...(patch ? ['', ...patch.trimEnd().split('\n'), ''] : []),
    `Written to ${out}: diagnosis-${id}.json, patch-${id}.diff, metadata-${id}.json`,
  ]
}

const writtenInWords = ({ test }: NonNullable<Repaired['written']>): string =>
  `A model wrote ${test.path}: on the code as it stands it fails as the event did, in three runs alone and three with all others.`

const untakenInWords = ({ untaken }: Repaired): string =>
  `Tests a model wrote, none of which shows it: ${untaken.map(({ test, end }) => `${test?.path ?? 'none'} (${end})`).join(', ')}.`
