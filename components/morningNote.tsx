import { REPORT_SECTIONS, type Report } from '@/lib/domain/report.ts'
import { costInWords, isQuiet, SECTION_TITLES } from '@/lib/domain/reportWords.ts'
import { NoteItem } from './noteItem.tsx'
import { SpanNav } from './noteNav.tsx'
import { Fact, Facts, Section } from './section.tsx'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

/** The night told in the morning: what is good, what is asked of you, and what it cost. `since`: as it was asked for. */
export function MorningNote({ report, since }: { report: Report; since: string | null }) {
  const { name, zone, headline, sections, cost, more, until } = report
  return (
    <>
      <h1 className="tale-title">
        Morning note of <Untrusted text={name} />
      </h1>
      <p className="lead mt-4">{headline}</p>
      <p className="mt-2 text-soft">
        Since <When at={report.since} zone={zone} />, until <When at={until} zone={zone} />, {zone} time.
      </p>
      <SpanNav project={report.project} since={since} />
      {REPORT_SECTIONS.filter((section) => sections[section].length > 0).map((section) => (
        <Section key={section} id={section} title={`${SECTION_TITLES[section]} (${sections[section].length})`}>
          <ul className="note">
            {sections[section].map((item) => (
              <NoteItem key={item.issue} item={item} zone={zone} />
            ))}
          </ul>
        </Section>
      ))}
      {more > 0 ? <p className="mt-8 text-soft">{more} older open ones are on the board only.</p> : null}
      {isQuiet(report) ? null : (
        <Section id="cost" title="What it cost">
          <Facts>
            {costInWords(cost).map(([what, figure]) => (
              <Fact key={what} name={what}>
                {figure}
              </Fact>
            ))}
          </Facts>
        </Section>
      )}
    </>
  )
}
