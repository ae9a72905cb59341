import Link from 'next/link'

const SPANS = [
  { since: null, name: '24 hours' },
  { since: '3d', name: '3 days' },
  { since: '7d', name: '7 days' },
] as const

/** How far back the note looks; any other span is an address. */
export function SpanNav({ project, since }: { project: string; since: string | null }) {
  return (
    <nav aria-label="How far back" className="tabs">
      <ul>
        {SPANS.map((span) => (
          <li key={span.name}>
            <Link
              prefetch={false}
              href={`/dashboard/agent-control/report?${new URLSearchParams({ project, ...(span.since ? { since: span.since } : {}) })}`}
              aria-current={span.since === (since === '24h' ? null : since) ? 'page' : undefined}
            >
              {span.name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
