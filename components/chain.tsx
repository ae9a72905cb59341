import Link from 'next/link'
import { Mark } from './badge.tsx'
import { many } from './numbers.ts'
import { Code, Untrusted } from './untrusted.tsx'

export interface Verified {
  answer: 'holds' | 'broken'
  rows: number
  anchors: number
  problems: { seq: number; problem: string }[]
}

interface Props {
  head: { seq: number; hash: string } | null
  /** Null until somebody asked: reading everything takes its time. */
  verified: Verified | null
  /** Where asking leads. */
  verify: string
}

/** Whether the audit is what it was: every row by its hash, and against what was kept outside the database. */
export function Chain({ head, verified, verify }: Props) {
  return (
    <section aria-labelledby="chain" className="panel chain">
      <h2 id="chain" className="sr-only">
        The chain
      </h2>
      <div role="status">{verified ? <Verdict verified={verified} /> : null}</div>
      {head && head.seq > 0 ? (
        <p className="mt-2">
          It stands at row {head.seq}, hash <Code text={head.hash} />.{' '}
          <span className="text-soft">
            Write both down elsewhere: whoever holds them finds out if history was changed later.
          </span>
        </p>
      ) : (
        <p>No row has been written yet.</p>
      )}
      <p className="mt-3">
        <Link prefetch={false} href={verify} className="button">
          {verified ? 'Verify again' : 'Verify every row'}
        </Link>
      </p>
    </section>
  )
}

function Verdict({ verified: { answer, rows, anchors, problems } }: { verified: Verified }) {
  const holds = answer === 'holds'
  return (
    <>
      <p className="control-head">
        <Mark
          icon={holds ? 'check' : 'cross'}
          word={holds ? 'The chain holds' : 'The chain is broken'}
          tone={holds ? 'good' : 'bad'}
        />
      </p>
      <p>
        {many(rows, 'row')}, held against {many(anchors, 'position')} kept outside the database
        {holds ? '.' : `: ${many(problems.length, 'problem')}.`}
      </p>
      <ul className="mt-2 list-disc pl-5">
        {problems.map(({ seq, problem }) => (
          <li key={`${seq} ${problem}`}>
            Row {seq}: <Untrusted text={problem} />
          </li>
        ))}
      </ul>
    </>
  )
}
