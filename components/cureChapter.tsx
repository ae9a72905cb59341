import type { CureAnswer, Exposure, Release } from '@/lib/domain/release.ts'
import { Mark } from './badge.tsx'
import { Cite } from './cite.tsx'
import { many, rate } from './numbers.ts'
import { NotYet, Section } from './section.tsx'
import { STATES } from './states.ts'
import type { AuditLine } from './strand.ts'
import { Untrusted } from './untrusted.tsx'

/** Did the error stop, or was nobody there to meet it? Only a cure counts as fixed. */
export function CureChapter({ release, audit }: { release: Release | null; audit: AuditLine[] }) {
  const cure = release?.facts.cure
  return (
    <Section id="cure" title="Cure">
      {cure ? (
        <Sentence cure={cure} row={rowOf(release, audit)} />
      ) : (
        <NotYet>{release?.facts.back ? TAKEN_BACK : NOT_YET}</NotYet>
      )}
    </Section>
  )
}

const NOT_YET = 'Not asked yet: it is, when the watch in production is over.'
const TAKEN_BACK = 'Not asked: the release was taken back.'

/** The row that says how it ended, or was found to stand. */
const rowOf = (release: Release | null, audit: AuditLine[]): number | null =>
  audit.findLast(({ what, body }) => what === `release.${release?.state}` && String(body.release) === `${release?.id}`)
    ?.seq ?? null

function Sentence({ cure: { answer, sentence, exposure }, row }: { cure: CureAnswer; row: number | null }) {
  const { icon, word, tone } = STATES[answer]
  return (
    <>
      <p className="cure">
        <Untrusted text={sentence} />
      </p>
      <p className="mt-3">
        <Mark icon={icon} word={word} tone={tone} /> {row === null ? null : <Cite of="audit" n={row} />}
      </p>
      <p className="mt-3 max-w-prose text-soft tabular-nums">{reckoning(exposure)}</p>
    </>
  )
}

/** rate × requests, with where the rate comes from. */
function reckoning({ failuresBefore, requestsBefore, requestsSince, rate: lower, expected }: Exposure): string {
  const before = `${many(failuresBefore, 'failure')} in ${many(requestsBefore, 'request')} before: a rate of at least ${rate(lower)} (lower 95 % bound).`
  const since = `${rate(lower)} × ${many(requestsSince, 'request')} since = ${rate(expected)} expected if nothing had changed.`
  return `${before} ${since}`
}
