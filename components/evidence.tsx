import type { Diagnosis, DiagnosisFacts } from '@/lib/domain/diagnosis.ts'
import { Mark } from './badge.tsx'

/** Confidence as the facts it is made of. Nobody's opinion enters it, so nothing else is listed. */
export function Evidence({ diagnosis: { cause, confidence, facts } }: { diagnosis: Diagnosis }) {
  return (
    <>
      <h3 className="label mt-8">
        Confidence <span className="tabular-nums">{confidence.toFixed(2)}</span> of 1
      </h3>
      {cause === 'no-code-cause' ? (
        <p className="mt-2 text-soft">It rests on the error’s own chain of causes, which ends outside this code.</p>
      ) : (
        <ul className="checks">
          {FACTS.map(({ says, holds }) => (
            <li key={says}>
              {holds(facts) ? (
                <Mark icon="check" word="Yes" tone="good" />
              ) : (
                <Mark icon="cross" word="No" tone="still" />
              )}
              <span>{says}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const FACTS: { says: string; holds: (facts: DiagnosisFacts) => boolean }[] = [
  { says: 'The crash line is in this repository', holds: ({ crash }) => crash !== null },
  {
    says: 'A whole request was captured, which can be sent again',
    holds: ({ requests }) => requests[0]?.capture === 'complete',
  },
  { says: 'The line’s last author is known', holds: ({ suspect }) => suspect !== null },
  { says: 'The line is new in what production runs', holds: ({ suspectIsNew }) => suspectIsNew },
]
