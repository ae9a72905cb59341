import { detailsOf, type Fix, headlineOf } from '@/lib/domain/fix.ts'
import { Diff } from './diff.tsx'
import { Shown } from './proofChapter.tsx'
import { Section } from './section.tsx'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

/** Attempts that were refused, rejected or taken back, each with what was learnt from it; nothing where none was. */
export function Attempts({ fixes, zone }: { fixes: Fix[]; zone: string }) {
  const back = fixes.filter((fix) => fix.state === 'refused' || fix.withdrawn)
  if (back.length === 0) return null
  return (
    <Section id="attempts" title="Attempts that came back">
      <ol className="space-y-6">
        {back.map((fix) => (
          <li key={fix.id} id={`attempt-${fix.id}`} className="source">
            <p>
              <span className="font-semibold">
                Attempt {fix.attempt}, {fix.state === 'refused' ? 'refused' : 'taken back'}
              </span>{' '}
              <span className="text-soft tabular-nums">
                <When at={fix.createdAt} zone={zone} />
              </span>
            </p>
            <p className="mt-1">
              <span className="text-soft">What was learnt:</span> <Untrusted text={headlineOf(learntFrom(fix))} />
            </p>
            <Details of={learntFrom(fix)} />
            <Kept fix={fix} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

const learntFrom = (fix: Fix): string =>
  fix.state === 'refused' ? fix.why : (fix.withdrawnWhy ?? 'no reason was recorded')

function Details({ of }: { of: string }) {
  const lines = detailsOf(of)
  if (lines.length === 0) return null
  return (
    <ul className="mt-1 list-disc pl-5 text-soft">
      {lines.map((line) => (
        <li key={line}>
          <Untrusted text={line} />
        </li>
      ))}
    </ul>
  )
}

/** What is left of it to look at. */
function Kept({ fix }: { fix: Fix }) {
  const proof = fix.state === 'drafting' ? null : fix.proof
  const diff = fix.state === 'drafting' ? [] : (fix.diff ?? [])
  return (
    <>
      {diff.length > 0 ? (
        <details className="mt-2">
          <summary>What it changed</summary>
          {diff.map((file) => (
            <Diff key={file.path} file={file} />
          ))}
        </details>
      ) : null}
      {proof ? (
        <details className="mt-2">
          <summary>What its runs showed</summary>
          <Shown proof={proof} name={`run-of-${fix.id}`} />
        </details>
      ) : null}
    </>
  )
}
