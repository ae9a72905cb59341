import type { CureAnswer, Exposure, Release } from '@/lib/domain/release.ts'
import { Mark } from './badge.tsx'
import { many, rate } from './numbers.ts'
import { NotYet, Section } from './section.tsx'
import { STATES } from './states.ts'
import { Untrusted } from './untrusted.tsx'

/** Did the error stop, or was nobody there to meet it? Only a cure counts as fixed. */
export function CureChapter({ release }: { release: Release | null }) {
  const cure = release?.facts.cure
  return (
    <Section id="cure" title="Cure">
      {cure ? <Sentence cure={cure} /> : <NotYet>{release?.facts.back ? TAKEN_BACK : NOT_YET}</NotYet>}
    </Section>
  )
}

const NOT_YET = 'Not asked yet: it is, when the watch in production is over.'
const TAKEN_BACK = 'Not asked: the release was taken back.'

function Sentence({ cure: { answer, sentence, exposure } }: { cure: CureAnswer }) {
  const { icon, word, tone } = STATES[answer]
  return (
    <>
      <p className="cure">
        <Untrusted text={sentence} />
      </p>
      <p className="mt-3">
        <Mark icon={icon} word={word} tone={tone} />
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
