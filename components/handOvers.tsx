import Link from 'next/link'
import type { Summary } from '@/lib/domain/summary.ts'
import { keyOfSummary, summaryInWords } from '@/lib/domain/summaryWords.ts'
import { Fold } from './fold.tsx'
import { keyed } from './keyed.ts'
import { NotYet, Section } from './section.tsx'
import { When } from './time.tsx'

/** Hand-overs and weekly reviews as they were told: the newest in full, the others under their names. */
export function HandOvers({ summaries, zone }: { summaries: Summary[]; zone: string }) {
  const [newest, ...earlier] = summaries
  return (
    <Section id="handed-over" title="Handed over">
      {newest ? (
        <>
          <h3 className="font-semibold">{summaryInWords(newest).title}</h3>
          <Told summary={newest} zone={zone} />
        </>
      ) : (
        <NotYet>The first hand-over has not been made.</NotYet>
      )}
      {earlier.map((summary) => (
        <Fold key={keyOfSummary(summary)} title={summaryInWords(summary).title}>
          <Told summary={summary} zone={zone} />
        </Fold>
      ))}
    </Section>
  )
}

function Told({ summary, zone }: { summary: Summary; zone: string }) {
  const { headline, parts } = summaryInWords(summary)
  return (
    <>
      <p className="max-w-prose">{headline}</p>
      <p className="text-sm text-soft">
        Since <When at={summary.since} zone={zone} />, until <When at={summary.until} zone={zone} />
        {summary.told ? '.' : '; told to nobody, as it was quiet.'}
      </p>
      {parts.map(({ title, lines }) => (
        <div key={title} className="mt-3">
          <h4 className="label">{title}</h4>
          <ul>
            {keyed(lines, ({ text }) => text).map(({ key, item: { text, issue } }) => (
              <li key={key}>
                {issue === null ? (
                  text
                ) : (
                  <Link prefetch={false} href={`/dashboard/agent-control/issues/${issue}`} className="link">
                    {text}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  )
}
