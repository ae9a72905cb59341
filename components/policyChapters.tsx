import { Lines } from './fixChapter.tsx'
import { changesInWords, policyInWords, type Version, type Written } from './policyWords.ts'
import { Fact, Facts, NotYet, Section } from './section.tsx'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

interface Now {
  policy: Written
  capPerDay: number
  /** Whether production is open at this moment, in words. */
  hours: string
  /** Promotions since midnight of the project's zone: what the cap counts. */
  promoted: number
}

/** What holds now, in words. */
export function PolicyNow({ policy, capPerDay, hours, promoted }: Now) {
  const more: Record<string, string> = { 'Production hours': hours, Promotions: `${promoted} so far today` }
  return (
    <Section id="now" title="What holds now">
      <Facts>
        {policyInWords(policy, capPerDay)
          .filter(([, words]) => words.length > 0)
          .map(([name, words]) => (
            <Fact key={name} name={name}>
              <Lines lines={words} />
              {more[name] ? <span className="block text-soft">{more[name]}</span> : null}
            </Fact>
          ))}
      </Facts>
    </Section>
  )
}

export interface PastVersion extends Version {
  version: number
  at: Date
  by: string
}

/** Every version, newest first: when, by whom, and what changed from the one before. */
export function PolicyHistory({ versions, zone }: { versions: PastVersion[]; zone: string }) {
  return (
    <Section id="history" title="History">
      {versions.length === 0 ? <NotYet>No version has been written down.</NotYet> : null}
      <ol className="audit">
        {versions.map((version, i) => (
          <li key={version.version}>
            <span className="audit-meta">
              <span className="sr-only">Version </span>
              {version.version}
            </span>
            <span className="audit-meta">
              <When at={version.at} zone={zone} />
            </span>
            <span className="audit-meta">
              <Untrusted text={version.by} />
            </span>
            <span>
              <Lines lines={changesSince(version, versions[i + 1])} />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function changesSince(version: PastVersion, before: PastVersion | undefined): string[] {
  if (!before) return [version.version === 1 ? 'The first policy' : 'What came before is further back than this list']
  const changes = changesInWords(before, version)
  return changes.length > 0 ? changes : ['Written down anew, with no other setting']
}
