import type { Fix } from '@/lib/domain/fix.ts'
import { Shown } from './proofChapter.tsx'
import { Section } from './section.tsx'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

/** Attempts that were refused, each with its reason; nothing where none was. */
export function Attempts({ fixes, zone }: { fixes: Fix[]; zone: string }) {
  const refused = fixes.flatMap((fix) => (fix.state === 'refused' ? [fix] : []))
  if (refused.length === 0) return null
  return (
    <Section id="refused" title="Refused attempts">
      <ol className="space-y-6">
        {refused.map((fix) => (
          <li key={fix.id}>
            <p>
              <span className="font-semibold">Attempt {fix.attempt}</span>{' '}
              <span className="text-soft tabular-nums">
                <When at={fix.createdAt} zone={zone} />
              </span>
            </p>
            <p className="mt-1">
              <Untrusted text={fix.why} />
            </p>
            {fix.proof ? (
              <details className="mt-2">
                <summary>What its runs showed</summary>
                <Shown proof={fix.proof} />
              </details>
            ) : null}
          </li>
        ))}
      </ol>
    </Section>
  )
}
