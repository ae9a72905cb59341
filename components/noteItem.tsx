import Link from 'next/link'
import type { ReportItem } from '@/lib/domain/report.ts'
import { attemptInWords } from '@/lib/domain/reportWords.ts'
import { Badge } from './badge.tsx'
import { keyed } from './keyed.ts'
import { stateOf } from './states.ts'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

/** One issue of the morning note: what came of it, what was tried in vain, and what is asked of the reader. */
export function NoteItem({ item, zone }: { item: ReportItem; zone: string }) {
  const { issue, severity, title, stage, sentence, at, before, todo, attempts } = item
  const state = stateOf(stage)
  return (
    <li>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link prefetch={false} href={`/dashboard/agent-control/issues/${issue}`} className="strand-title">
          <span className="text-soft tabular-nums">#{issue}</span> <Untrusted text={title} />
        </Link>
        {state ? <Badge state={state} /> : null}
      </p>
      <p className="text-sm text-soft tabular-nums">
        {severity}, {before ? 'from before, ' : ''}
        <When at={at} zone={zone} />
      </p>
      <p className="mt-1 max-w-prose">
        <Untrusted text={sentence} />
      </p>
      {attempts.length > 0 ? (
        <ul className="note-tried">
          {keyed(attempts, attemptInWords).map(({ key, item: attempt }) => (
            <li key={key}>
              <Untrusted text={attemptInWords(attempt)} />
            </li>
          ))}
        </ul>
      ) : null}
      {todo ? (
        <div className="note-todo">
          <p>{todo.sentence}</p>
          <pre>{todo.commands.join('\n')}</pre>
        </div>
      ) : null}
    </li>
  )
}
