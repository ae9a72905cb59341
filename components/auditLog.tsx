import Link from 'next/link'
import { auditMore } from './auditMore.ts'
import { auditWords } from './auditWords.ts'
import { Lines } from './fixChapter.tsx'
import { Fact, Facts } from './section.tsx'
import type { AuditLine } from './strand.ts'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

/** Rows of the audit, newest first, each with what is behind its sentence. */
export function AuditLog({ rows, zone }: { rows: AuditLine[]; zone: string }) {
  return (
    <ol className="audit" reversed>
      {rows.map((line) => (
        <li key={line.seq}>
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
          <div>
            <Untrusted text={auditWords(line)} /> <IssueOf line={line} />
            <More line={line} zone={zone} />
          </div>
        </li>
      ))}
    </ol>
  )
}

function IssueOf({ line: { body } }: { line: AuditLine }) {
  const id = Number(body.issue)
  if (!Number.isInteger(id) || id <= 0) return null
  return (
    <Link prefetch={false} href={`/dashboard/agent-control/issues/${id}`} className="link">
      issue {id}
    </Link>
  )
}

function More({ line, zone }: { line: AuditLine; zone: string }) {
  const more = auditMore(line, zone)
  if (more.length === 0) return null
  return (
    <details>
      <summary>More</summary>
      <div className="audit-more">
        <Facts>
          {more.map(([name, words]) => (
            <Fact key={name} name={name}>
              <Lines lines={words} />
            </Fact>
          ))}
        </Facts>
      </div>
    </details>
  )
}
