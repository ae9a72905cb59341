import type { FileDiff } from '@/lib/domain/fix.ts'
import { keyed } from './keyed.ts'
import { Untrusted } from './untrusted.tsx'

type DiffRow = FileDiff['rows'][number]

const SIGNS = { same: ' ', add: '+', del: '−', gap: '…' } as const
const WORDS = { same: '', add: 'added', del: 'removed', gap: 'lines left out' } as const

/** One file's change as a table: line, sign, text. A sign and a word say what the colour repeats; long lines wrap. */
export function Diff({ file: { path, rows } }: { file: FileDiff }) {
  return (
    <figure className="diff">
      <figcaption>
        <Untrusted text={path} />
      </figcaption>
      <table>
        <tbody>
          {keyed(rows, (row) => `${row.kind} ${row.line}`).map(({ key, item }) => (
            <Line key={key} row={item} />
          ))}
        </tbody>
      </table>
    </figure>
  )
}

function Line({ row: { kind, text, line } }: { row: DiffRow }) {
  return (
    <tr className={`diff-${kind}`}>
      <td className="diff-number">{line ?? ''}</td>
      <td className="diff-sign">
        <span aria-hidden="true">{SIGNS[kind]}</span>
        <span className="sr-only">{WORDS[kind]}</span>
      </td>
      <td className="diff-text">
        <Untrusted text={text} />
      </td>
    </tr>
  )
}
