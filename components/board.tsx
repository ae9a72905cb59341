import Link from 'next/link'
import { Badge } from './badge.tsx'
import { Cells } from './cells.tsx'
import { COLUMNS } from './columns.ts'
import { EmptyBoard } from './emptyBoard.tsx'
import { type Group, grouped, type Row } from './grouped.ts'
import { STATES } from './states.ts'
import { Untrusted } from './untrusted.tsx'

/** The board of five nouns: one row an issue, moving from left to right. */
export function Board({ rows }: { rows: Row[] }) {
  if (rows.length === 0) return <EmptyBoard />
  return (
    <section aria-labelledby="board" className="mt-12">
      <h2 id="board" className="sr-only">
        Board
      </h2>
      <ol className="columns" aria-hidden="true">
        {COLUMNS.map(({ noun, title, madeBy }) => (
          <li key={noun}>
            <span className="font-semibold text-ink">{title}</span> <span>by {madeBy}</span>
          </li>
        ))}
      </ol>
      {grouped(rows).map((group) => (
        <Rows key={group.title} group={group} />
      ))}
    </section>
  )
}

function Rows({ group: { title, rows } }: { group: Group }) {
  return (
    <section aria-label={title} className="mt-8">
      <h3 className="label">
        {title} <span className="tabular-nums">({rows.length})</span>
      </h3>
      <ul className="mt-3 space-y-4">
        {rows.map((row) => (
          <Strip key={row.strand.issue.id} row={row} />
        ))}
      </ul>
    </section>
  )
}

function Strip({ row }: { row: Row }) {
  const { issue } = row.strand
  return (
    <li className="panel strand">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link prefetch={false} href={`/dashboard/agent-control/issues/${issue.id}`} className="strand-title">
          <span className="text-soft tabular-nums">#{issue.id}</span> <Untrusted text={issue.title} />
        </Link>
        <Badge state={STATES[row.stage.stage]} />
      </div>
      <p className="mt-1 max-w-prose text-soft">
        <Untrusted text={row.stage.sentence} />
      </p>
      <Cells row={row} />
    </li>
  )
}
