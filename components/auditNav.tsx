import Link from 'next/link'

/** Which rows a page shows, by how their `what` begins or ends. */
export const KINDS = {
  everything: { title: 'Everything', like: '%' },
  effects: { title: 'Effects', like: 'effect.%' },
  decisions: { title: 'Decisions of people', like: 'control.%' },
  refusals: { title: 'Refusals', like: '%.refused' },
} as const

export type Kind = keyof typeof KINDS

export const kindOf = (asked: string | undefined): Kind =>
  asked !== undefined && Object.hasOwn(KINDS, asked) ? (asked as Kind) : 'everything'

interface View {
  project: string
  kind: Kind
  before?: number | null
}

export function auditHref({ project, kind, before = null }: View, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ project })
  if (kind !== 'everything') query.set('kind', kind)
  if (before !== null) query.set('before', String(before))
  for (const [name, value] of Object.entries(more)) query.set(name, value)
  return `/dashboard/agent-control/audit?${query}`
}

/** What to look at; the newest first again when that changes. */
export function KindNav({ project, kind }: View) {
  return (
    <nav aria-label="Rows to show" className="tabs">
      <ul>
        {(Object.keys(KINDS) as Kind[]).map((one) => (
          <li key={one}>
            <Link
              prefetch={false}
              href={auditHref({ project, kind: one })}
              aria-current={one === kind ? 'page' : undefined}
            >
              {KINDS[one].title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

interface Pages extends View {
  older: number | null
  newer: number | null
}

export function PageNav({ project, kind, older, newer }: Pages) {
  if (older === null && newer === null) return null
  return (
    <nav aria-label="Pages" className="mt-6 flex gap-6">
      {newer === null ? null : (
        <Link prefetch={false} href={auditHref({ project, kind, before: newer })} className="button">
          Newer
        </Link>
      )}
      {older === null ? null : (
        <Link prefetch={false} href={auditHref({ project, kind, before: older })} className="button">
          Older
        </Link>
      )}
    </nav>
  )
}
