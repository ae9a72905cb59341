import { barsOf } from './bars.ts'
import { usersInWords } from './cellText.ts'
import { Minutes } from './minutes.tsx'
import { many } from './numbers.ts'
import { Fact, Facts, NotYet, Section } from './section.tsx'
import { type Desk, type Told, zoneOf } from './strand.ts'
import { When } from './time.tsx'
import { Code, Untrusted } from './untrusted.tsx'

/** What users felt: where, how bad and why, how many, how often, and when. */
export function Felt({ told, desk }: { told: Told; desk: Desk }) {
  const { issue, release } = told
  const zone = zoneOf(desk)
  const entered = release?.facts.entered?.watching
  // A closed issue's picture ends an hour after the end: long enough to see the silence.
  const until =
    issue.state === 'closed' ? new Date(Math.min(desk.now.getTime(), issue.closedAt.getTime() + 3_600_000)) : desk.now
  const picture = barsOf(told.minutes, until)
  return (
    <Section id="felt" title="What users felt">
      <Facts>
        <Fact name="Where">{issue.route ? <Code text={issue.route} /> : 'Outside a request'}</Fact>
        <Fact name="Severity">
          <strong>{issue.severity}</strong>. <Untrusted text={issue.severityWhy} />
        </Fact>
        <Fact name="Who">{issue.users === null ? 'How many users cannot be known' : usersInWords(issue.users)}</Fact>
        <Fact name="How often">
          {many(issue.seen, 'time')}, first <When at={issue.firstSeen} zone={zone} />, last{' '}
          <When at={issue.lastSeen} zone={zone} />
        </Fact>
      </Facts>
      {picture ? (
        <Minutes picture={picture} shipped={entered ? new Date(entered) : null} zone={zone} />
      ) : (
        <NotYet>No failure has been counted in production.</NotYet>
      )}
    </Section>
  )
}
