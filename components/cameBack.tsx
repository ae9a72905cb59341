import Link from 'next/link'
import type { Earlier } from '@/lib/domain/evidence.ts'
import { When } from './time.tsx'

/** The same fault was over before: when, and as what. */
export function CameBack({ earlier, zone }: { earlier: Earlier[]; zone: string }) {
  if (earlier.length === 0) return null
  return (
    <p className="callout">
      It came back:{' '}
      {earlier.map(({ id, closedAs, closedAt }, i) => (
        <span key={id}>
          {i > 0 ? ', ' : ''}
          <Link prefetch={false} href={`/dashboard/agent-control/issues/${id}`} className="link">
            issue {id}
          </Link>{' '}
          was {closedAs} on <When at={closedAt} zone={zone} />
        </span>
      ))}
      .
    </p>
  )
}
