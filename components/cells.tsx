import { cellText } from './cellText.ts'
import { COLUMNS } from './columns.ts'
import type { Row } from './grouped.ts'
import { Untrusted } from './untrusted.tsx'

/** The five nouns of one strand; the furthest one that exists is where the strand is now. */
export function Cells({ row: { strand, stage } }: { row: Row }) {
  return (
    <ol className="cells">
      {COLUMNS.map(({ noun, title }) => {
        const text = cellText(noun, strand)
        const here = noun === stage.noun
        return (
          <li
            key={noun}
            className={`cell ${here ? 'cell-here' : text ? 'cell-done' : 'cell-ahead'}`}
            aria-current={here ? 'step' : undefined}
          >
            <span className="cell-noun">{title}</span>
            <span className="cell-head">{text ? <Untrusted text={text.head} /> : 'Not yet'}</span>
            <span className="cell-more">{text ? <Untrusted text={text.more} /> : null}</span>
          </li>
        )
      })}
    </ol>
  )
}
