import { auditWords } from './auditWords.ts'
import { NotYet, Section } from './section.tsx'
import type { SealedLine } from './strand.ts'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

/** What was written down about this issue, in order; rows are chained by hash and cannot be changed. */
export function AuditChapter({ audit, zone }: { audit: SealedLine[]; zone: string }) {
  return (
    <Section id="audit" title="Audit">
      {audit.length === 0 ? <NotYet>No row of the audit names this issue yet.</NotYet> : null}
      <ol className="audit">
        {audit.map((line) => (
          <li key={line.seq} id={`audit-${line.seq}`} className="source">
            <span className="audit-meta">
              <span className="sr-only">Row </span>
              {line.seq}
            </span>
            <span className="audit-meta">
              <When at={line.at} zone={zone} seconds />
            </span>
            <span className="audit-meta">
              <Untrusted text={line.actor} />
            </span>
            <span>
              <Untrusted text={auditWords(line)} />
              <span className="audit-hash">
                <span className="sr-only">Hash </span>
                {line.hash}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
